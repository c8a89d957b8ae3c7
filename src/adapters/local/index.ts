import type { BarcodeReader, Describer, TextReader } from '../../core/ports/analysis.ts';
import { createBarcodeReader } from './barcode-reader.ts';
import { createDescriber } from './describer.ts';
import { createTextReader, type LocalTextReaderOptions } from './text-reader.ts';

export interface LocalAnalysis {
  readonly textReader: TextReader;
  readonly barcodeReader: BarcodeReader;
  readonly describer: Describer;
}

/** The provider without a key and without a network. `textReader.close()` ends its threads. */
export function createLocalAnalysis(options: LocalTextReaderOptions): LocalAnalysis {
  return { textReader: createTextReader(options), barcodeReader: createBarcodeReader(), describer: createDescriber() };
}
