import * as z from 'zod';
import { evalRun, groupingRun, readingRun } from './eval-schema.ts';
import { errorLine } from './schema-parts.ts';
import { accountSchemas } from './schemas-account.ts';
import { archiveLine, costsLine, feesLine, storeLine, syncLine } from './schemas-after-run.ts';
import { alertMessage, alertsLine } from './schemas-alerts.ts';
import { exportLine } from './schemas-edit.ts';
import { dividerLine, groupLine } from './schemas-grouping.ts';
import { failedLine, failure, show, status } from './schemas-items.ts';
import { recoverLine } from './schemas-recover.ts';
import { editLine, importLine, reviewLine, runLine, scanLine, watchLine } from './schemas-run.ts';
import { statsLine } from './schemas-stats.ts';
import { explainLine, reportLine } from './schemas-trouble.ts';

/*
 * The published form of everything `--json` prints. Scripts rely on it: keys may be added, never
 * renamed or removed. Only tests and the schema files use this; printing does not wait for it.
 */

/** The line of `eval`. */
export const evalLine = z.discriminatedUnion('type', [evalRun, readingRun, groupingRun, errorLine]);

/** JSON Schema (draft 2020-12) by file name under schemas/. */
export function outputJsonSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  return {
    'run-line.schema.json': jsonSchema('A line of easyflip list, resume or retry-failed with --json', runLine),
    'watch-line.schema.json': jsonSchema('A line of easyflip watch --json', watchLine),
    'review-line.schema.json': jsonSchema('A line of easyflip review --json', reviewLine),
    'scan-line.schema.json': jsonSchema('A line of easyflip scan --json', scanLine),
    'divider-line.schema.json': jsonSchema('The line of easyflip divider --json', dividerLine),
    'group-line.schema.json': jsonSchema('The line of easyflip group merge, split or move --json', groupLine),
    'status.schema.json': jsonSchema('easyflip status --json', status),
    'failed-line.schema.json': jsonSchema('The line of easyflip status --failed --json', failedLine),
    'failure.schema.json': jsonSchema('A file that easyflip status --failed --write DIR writes', failure),
    'report-line.schema.json': jsonSchema('The line of easyflip report --html or --bundle with --json', reportLine),
    'show.schema.json': jsonSchema('easyflip show ITEM --json', show),
    'sync-line.schema.json': jsonSchema('The line of easyflip sync --json', syncLine),
    'fees-line.schema.json': jsonSchema('The line of easyflip fees ITEM… --json', feesLine),
    ...Object.fromEntries(accountSchemas.map(({ file, title, shape }) => [file, jsonSchema(title, shape)])),
    'edit-line.schema.json': jsonSchema('A line of easyflip edit ITEM… --json', editLine),
    'import-line.schema.json': jsonSchema('A line of easyflip import FILE --json', importLine),
    'export-line.schema.json': jsonSchema('The line of easyflip export -o FILE --json', exportLine),
    'explain-line.schema.json': jsonSchema('A line of easyflip explain --json', explainLine),
    'stats-line.schema.json': jsonSchema('The line of easyflip stats --json', statsLine),
    'alerts-line.schema.json': jsonSchema('The line of easyflip alerts, alerts check or alerts test --json', alertsLine),
    'alert-message.schema.json': jsonSchema('What a webhook of the form easyflip gets', alertMessage),
    'archive-line.schema.json': jsonSchema('A line of easyflip archive --json', archiveLine),
    'store-line.schema.json': jsonSchema('The line of easyflip backup, restore, verify or prune --json', storeLine),
    'recover-line.schema.json': jsonSchema('A line of easyflip recover --json', recoverLine),
    'costs-line.schema.json': jsonSchema('The line of easyflip costs --json', costsLine),
    'eval-line.schema.json': jsonSchema('The line of easyflip eval DIR --json, and what --json FILE writes', evalLine),
    'error.schema.json': jsonSchema('What easyflip prints with --json when it cannot do what was asked', errorLine),
  };
}

const jsonSchema = (title: string, shape: z.ZodType): Record<string, unknown> => ({ title, ...z.toJSONSchema(shape) });
