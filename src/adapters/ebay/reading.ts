import type { z } from 'zod';

/** Makes a reader that gives undefined where the answer has another shape. */
export const reading =
  <T>(shape: z.ZodType<T>) =>
  (answer: unknown): T | undefined => {
    const read = shape.safeParse(answer);
    return read.success ? read.data : undefined;
  };

/** Something was found, or the answer says that nothing was: an answer without its whole list is none. */
export const tellsOf =
  (...lists: readonly string[]) =>
  (answer: Readonly<Record<string, unknown>>): boolean =>
    lists.some((list) => Array.isArray(answer[list])) || answer.total === 0;
