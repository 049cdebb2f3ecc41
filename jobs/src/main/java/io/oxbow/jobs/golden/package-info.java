/**
 * Parity with reference data, and a look into a model. A golden folder holds configs, weights and
 * what the model's own authors' code computed from them; every case found is run on a backend and
 * compared, also after a restore in the middle.
 */
package io.oxbow.jobs.golden;
