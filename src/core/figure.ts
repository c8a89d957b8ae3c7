/**
 * A figure that may not be known. What is not known says why, and is never taken for zero: no sales yet is not the same as
 * nothing earned.
 */
export type Figure<T> = { readonly value: T } | { readonly value: null; readonly unknown: string };

export const known = <T>(value: T): Figure<T> => ({ value });
/** `why`: a short sentence without a full stop. */
export const unknown = <T>(why: string): Figure<T> => ({ value: null, unknown: why });

export const isKnown = <T>(figure: Figure<T>): figure is { readonly value: T } => figure.value !== null;

/** What follows from it; unknown for the same reason. */
export const derived = <T, U>(figure: Figure<T>, make: (value: T) => U): Figure<U> =>
  isKnown(figure) ? known(make(figure.value)) : figure;
