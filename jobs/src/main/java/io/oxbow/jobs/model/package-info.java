/** The model of a running job: another one offered, and what became of it. */
package io.oxbow.jobs.model;
