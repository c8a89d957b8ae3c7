import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** Holds a line against the schema that is published for it: `doctor-line`. */
export function valid(name: string, line: unknown): void {
  const id = `schemas/${name}`;
  const check =
    ajv.getSchema(id) ?? ajv.compile({ ...(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object), $id: id });
  expect(check(line) ? [] : check.errors).toEqual([]);
}
