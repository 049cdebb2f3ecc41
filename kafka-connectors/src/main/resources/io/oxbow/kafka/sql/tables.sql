-- Oxbow's topics as tables. Put your brokers in the place of localhost:9092; leave out what you do
-- not need. Times are UTC; a time that is open, and a number that is not known, is NULL.
-- The group's records come with the checkpoint that covers them (read_committed).

CREATE TABLE oxbow_summaries (
  streamId STRING,
  kind STRING,
  `from` TIMESTAMP_LTZ(3),
  `to` TIMESTAMP_LTZ(3),
  asOf TIMESTAMP_LTZ(3),
  eventTime TIMESTAMP_LTZ(3),
  stateVersion BIGINT,
  events BIGINT,
  coverage FLOAT,
  meanActivity FLOAT,
  usualActivity FLOAT,
  activity ROW<`from` TIMESTAMP_LTZ(3), stepMillis BIGINT, `values` ARRAY<FLOAT>, error FLOAT, bound FLOAT>,
  novelty ROW<`from` TIMESTAMP_LTZ(3), stepMillis BIGINT, `values` ARRAY<FLOAT>, error FLOAT, bound FLOAT>,
  channels ARRAY<ROW<channel INT, name STRING, curve ROW<
    `from` TIMESTAMP_LTZ(3), stepMillis BIGINT, `values` ARRAY<FLOAT>, error FLOAT, bound FLOAT>>>,
  busiest ROW<`from` TIMESTAMP_LTZ(3), `to` TIMESTAMP_LTZ(3), activity FLOAT>,
  quietest ROW<`from` TIMESTAMP_LTZ(3), `to` TIMESTAMP_LTZ(3), activity FLOAT>,
  peaks ARRAY<ROW<eventTime TIMESTAMP_LTZ(3), score FLOAT, pValue FLOAT, channel INT, `where` STRING>>,
  health ARRAY<ROW<kind STRING, `from` TIMESTAMP_LTZ(3), `to` TIMESTAMP_LTZ(3)>>,
  text STRING,
  WATERMARK FOR eventTime AS eventTime - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'oxbow.summaries',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'oxbow-avro',
  'oxbow-avro.event' = 'summaries'
);

CREATE TABLE oxbow_anomalies (
  streamId STRING,
  kind STRING,
  phase STRING,
  openedAt TIMESTAMP_LTZ(3),
  eventTime TIMESTAMP_LTZ(3),
  score FLOAT,
  pValue FLOAT,
  attribution ARRAY<ROW<channel INT, expected FLOAT, seen FLOAT, sigma FLOAT>>,
  evidence ARRAY<ROW<kind STRING, channel INT, digits FLOAT>>,
  dedupKey STRING,
  text STRING,
  WATERMARK FOR eventTime AS eventTime - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'oxbow.anomalies',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'oxbow-avro',
  'oxbow-avro.event' = 'anomalies'
);

CREATE TABLE oxbow_inferences (
  streamId STRING,
  epoch BIGINT,
  seq BIGINT,
  eventTime TIMESTAMP_LTZ(3),
  ingestTime TIMESTAMP_LTZ(3),
  stateVersion BIGINT,
  health STRING,
  activity FLOAT,
  score FLOAT,
  pValue FLOAT,
  `values` ARRAY<FLOAT>,
  forecast ARRAY<FLOAT>,
  attribution ARRAY<FLOAT>,
  evidence ARRAY<FLOAT>,
  embedding ARRAY<FLOAT>,
  head ARRAY<FLOAT>,
  WATERMARK FOR eventTime AS eventTime - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'oxbow.inferences',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'oxbow-avro',
  'oxbow-avro.event' = 'inferences'
);

CREATE TABLE oxbow_answers (
  queryId STRING,
  streamId STRING,
  `group` STRING,
  eventTime TIMESTAMP_LTZ(3),
  kind STRING,
  status STRING,
  `from` TIMESTAMP_LTZ(3),
  `to` TIMESTAMP_LTZ(3),
  asOf TIMESTAMP_LTZ(3),
  stateVersion BIGINT,
  framesReRead INT,
  activity ROW<`from` TIMESTAMP_LTZ(3), stepMillis BIGINT, `values` ARRAY<FLOAT>, error FLOAT, bound FLOAT>,
  novelty ROW<`from` TIMESTAMP_LTZ(3), stepMillis BIGINT, `values` ARRAY<FLOAT>, error FLOAT, bound FLOAT>,
  channels ARRAY<ROW<channel INT, name STRING, curve ROW<
    `from` TIMESTAMP_LTZ(3), stepMillis BIGINT, `values` ARRAY<FLOAT>, error FLOAT, bound FLOAT>>>,
  peaks ARRAY<ROW<eventTime TIMESTAMP_LTZ(3), score FLOAT, pValue FLOAT, channel INT, `where` STRING>>,
  health ARRAY<ROW<kind STRING, `from` TIMESTAMP_LTZ(3), `to` TIMESTAMP_LTZ(3)>>,
  ranking ARRAY<ROW<streamId STRING, status STRING, `rank` DOUBLE, asOf TIMESTAMP_LTZ(3), text STRING>>,
  missing ARRAY<STRING>,
  figures MAP<STRING, DOUBLE>,
  text STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'oxbow.answers',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'oxbow-avro',
  'oxbow-avro.event' = 'answers'
);

CREATE TABLE oxbow_features (
  streamId STRING,
  epoch BIGINT,
  seq BIGINT,
  eventTime TIMESTAMP_LTZ(3),
  ingestTime TIMESTAMP_LTZ(3),
  encoderId STRING,
  vector ARRAY<FLOAT>,
  health STRING,
  WATERMARK FOR eventTime AS eventTime - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'oxbow.features',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'oxbow-avro',
  'oxbow-avro.event' = 'features'
);

CREATE TABLE oxbow_dead_letters (
  streamId STRING,
  eventTime TIMESTAMP_LTZ(3),
  topic STRING,
  `partition` INT,
  `offset` BIGINT,
  stage STRING,
  error STRING,
  `value` BYTES
) WITH (
  'connector' = 'kafka',
  'topic' = 'oxbow.dead-letters',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'oxbow-avro',
  'oxbow-avro.event' = 'dead-letters'
);

-- A memory for every key of a table: see oxbow() in docs/sql.md.
CREATE FUNCTION oxbow AS 'io.oxbow.flink.sql.OxbowFunction';
