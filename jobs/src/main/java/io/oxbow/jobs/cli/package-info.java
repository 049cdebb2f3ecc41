/** The command line: its root, what every command shares, and how mistakes are told. */
package io.oxbow.jobs.cli;
