/** Image models in ONNX files, run by ONNX Runtime. */
package io.oxbow.encode.onnx;
