/** What a newcomer would copy. Each example is one class; {@link ExamplesIT} runs them all. */
package io.oxbow.examples;
