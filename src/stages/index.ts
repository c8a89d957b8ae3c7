import type { AnyStage } from '../pipeline/stage.ts';
import { check } from './check.ts';
import { classify } from './classify.ts';
import { draft } from './draft.ts';
import { prepare } from './prepare.ts';
import { price } from './price.ts';
import { publish } from './publish.ts';
import { read } from './read.ts';
import { specify } from './specify.ts';
import { upload } from './upload.ts';

/** The way of an item, in order: the product's table of contents. */
export const stages: readonly AnyStage[] = [prepare, read, draft, classify, specify, price, check, upload, publish];
