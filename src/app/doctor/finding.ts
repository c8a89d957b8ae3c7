import { EasyflipError } from '../../core/errors.ts';
import type { Finding } from '../../report/doctor.ts';

/** What a check finds of the thing it is named after. */
export type Found = Omit<Finding, 'group' | 'name'>;

export interface Check {
  readonly name: string;
  readonly look: () => Promise<Found>;
}

export const pass = (detail: string): Found => ({ health: 'pass', detail, fix: null });
export const warn = (detail: string, fix: string): Found => ({ health: 'warn', detail, fix });
export const fail = (detail: string, fix: string): Found => ({ health: 'fail', detail, fix });
export const skip = (detail: string): Found => ({ health: 'skip', detail, fix: null });

/** The two cures that most findings have. */
export const logIn = (environment: string): string => `Run \`easyflip auth login --env ${environment}\`.`;
export const setUp = (environment: string): string => `Run \`easyflip setup --env ${environment}\`.`;

/** One check that hangs or breaks must not hide what the others find. */
const PATIENCE_MS = 30_000;

/** All at once; the findings in the order of the checks. */
export const lookAt = (group: string, checks: readonly Check[]): Promise<readonly Finding[]> =>
  Promise.all(checks.map(async ({ name, look }) => ({ group, name, ...(await patiently(look)) })));

async function patiently(look: Check['look']): Promise<Found> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(
      () => resolve(fail(`No answer within ${PATIENCE_MS / 1000} seconds.`, 'Check the connection and run it again.')),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    if (error instanceof EasyflipError) return fail(error.message, error.hint);
    return fail(`The check itself broke: ${error instanceof Error ? error.name : typeof error}.`, 'Report this with the command you ran.');
  } finally {
    clearTimeout(timer);
  }
}
