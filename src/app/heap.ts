import { setFlagsFromString } from 'node:v8';

/**
 * Takes back how the program begins (`main.ts`): work on items holds answers, texts and pictures for a while, and in so small
 * an area they would be carried over and over. May be repeated.
 */
export function allowMemory(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--semi-space-growth-factor=2');
}
