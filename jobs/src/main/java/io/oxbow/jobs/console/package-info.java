/** The web page: what streams look like now, what stood out, and questions with their answers. */
package io.oxbow.jobs.console;
