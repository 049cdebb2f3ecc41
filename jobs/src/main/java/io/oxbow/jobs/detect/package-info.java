/** The built-in model over one file, through the same operator as the streaming job. */
package io.oxbow.jobs.detect;
