/** A week of a made-up camera fleet whose diary is known, against what Oxbow says of it. */
package io.oxbow.bench.diary;
