/** Encoders in the job: pictures, sounds and readings with gaps become feature vectors. */
package io.oxbow.jobs.encoding;
