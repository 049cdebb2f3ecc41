/** Raw signals to feature vectors, one encoder a stream. */
package io.oxbow.encode;
