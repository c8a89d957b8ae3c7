import * as z from 'zod';
import { fileShape } from './shape.ts';

/** JSON Schema (draft 2020-12) of the config file, for editors; committed as schemas/config.schema.json. */
export function configJsonSchema(): Record<string, unknown> {
  return { title: 'easyflip.config.json', ...z.toJSONSchema(fileShape, { io: 'input' }) };
}

/** The content of easyflip.config.example.json: every key with its default. */
export function exampleConfig(): Record<string, unknown> {
  return { $schema: './schemas/config.schema.json', ...fileShape.parse({}) };
}
