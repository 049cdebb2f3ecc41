package io.oxbow.bench.detect;

/** Something that says how unusual each row of a series is, from the rows up to it. */
interface Detector {

    /** What the scores are for: a method may know better than to use one number for both. */
    enum Purpose {
        /** One threshold decides which rows are alerts. */
        ALERTS,
        /** Rows are ranked by how unusual the stretch is that they lie in. */
        RANKING
    }

    /** Higher is more unusual; finite. */
    double[] scores(LabelledSeries series, Purpose purpose);

    /** Bytes that are stored of one stream of that many channels, after it has seen that series. */
    long bytes(LabelledSeries series);
}
