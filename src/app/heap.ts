import { setFlagsFromString } from 'node:v8';

/**
 * Takes back how the program begins (`main.ts`): work on items holds answers, texts and pictures for a while, and in so small
 * an area they would be carried over and over. V8 counts pixels, which lie outside its heap, against the heap's growth: with a
 * growth of half it tidied up for every 20 MB of them, three times for two items. May be repeated.
 */
export function allowMemory(): void {
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--semi-space-growth-factor=2');
}
