import type { ErrorCode } from '../../core/errors.ts';
import type { Entry, Of } from './entry.ts';

type ProgramCodes =
  | Of<
      | 'usage'
      | 'config'
      | 'credentials'
      | 'input'
      | 'sidecar'
      | 'plan'
      | 'budget'
      | 'metrics'
      | 'alert'
      | 'time'
      | 'store'
      | 'claim'
      | 'run'
      | 'watch'
      | 'machine'
    >
  | Extract<ErrorCode, 'bug'>;

export const PROGRAM_CODES: Readonly<Record<ProgramCodes, Entry>> = {
  'usage.invalid': [
    'refused',
    'The command or one of its words cannot be used so.',
    'The sentence says which; `COMMAND --help` has examples.',
  ],
  'usage.unknown-item': ['refused', 'No item, or more than one, goes by that name.', '`status` lists them; ids and SKUs are unique.'],
  'usage.wrong-state': ['refused', 'The item is not in a state for this.', 'The sentence names the command that is.'],
  'config.invalid': ['refused', 'A setting cannot be used.', 'The sentence names key and bounds; `config validate` looks at all.'],
  'config.unreadable': ['refused', 'The settings file cannot be read or is no JSON.', 'See to the place that the sentence names.'],
  'config.missing-credentials': ['refused', 'A key or login that is needed is not set.', '`doctor` names it and where it goes.'],
  'credentials.unreadable': [
    'refused',
    'The stored login cannot be opened.',
    '`auth login` again, or give the key that it was sealed with.',
  ],
  'input.missing-folder': ['refused', 'The folder is not there.', 'See to its name and to its drive.'],
  'input.no-photos': ['refused', 'There is no photo in the folder.', 'Name a folder that has some.'],
  'sidecar.invalid': [
    'held',
    'An item.json, item.yaml or defaults file cannot be used.',
    'Correct the line that is named; the next `list` reads it.',
  ],
  'plan.invalid': ['refused', 'The plan cannot be used.', 'Correct what is named, or write it anew with `scan --write`.'],
  'budget.exhausted': ['stopped', 'The limit on costs is reached.', '`resume` with a higher `--max-cost`, or another day.'],
  'budget.item-exhausted': ['stopped', 'This item may cost no more.', 'A higher `--max-cost-item`, or say its facts yourself.'],
  'time.exhausted': ['stopped', 'The time of `--max-minutes` is over.', '`resume`.'],
  'time.outside-window': ['stopped', 'It is not the time of `--window`.', '`resume` within it, or `watch`, which waits for it.'],
  'store.unusable': ['stopped', 'The database cannot be used.', 'The sentence says why; then `resume`.'],
  'store.damaged': ['stopped', 'The database is damaged.', '`restore` a backup, or `recover` from eBay and the photos.'],
  'store.locked': ['stopped', 'Another program holds the database.', 'Wait for it, or end it.'],
  'store.newer': ['refused', 'A newer easyflip has written the database.', 'Use that one.'],
  'store.read-only': ['stopped', 'The database cannot be written.', 'See to the permissions of the data folder.'],
  'store.full': ['stopped', 'The disk is full.', 'Make room, then `resume`.'],
  'claim.lost': ['stopped', 'Another easyflip process has taken the item over.', 'Nothing; that process finishes it.'],
  'run.cancelled': ['stopped', 'You stopped it.', '`resume`.'],
  'run.paused': ['stopped', 'You paused everything.', '`unpause`, then `resume`.'],
  'watch.busy': ['refused', 'Another process watches this folder.', 'One is enough; end it if it shall be this one.'],
  'metrics.unwritable': [
    'told',
    'The metrics could not be written to `metrics.textfile`; the run is not disturbed.',
    'See to the folder and its permissions.',
  ],
  'metrics.port-taken': ['refused', 'The port for metrics is taken by another program.', 'Choose another with `watch --metrics-port`.'],
  'alert.unsent': ['told', 'A webhook or command for alerts could not be told; the run is not disturbed.', 'Try it with `alerts test`.'],
  'machine.disk-low': ['stopped', 'Less disk is free than `limits.minFreeDiskMegabytes`.', 'Make room, then `resume`.'],
  'machine.memory-low': ['stopped', 'Less memory is free than `limits.minFreeMemoryMegabytes`.', 'End other programs, then `resume`.'],
  bug: ['failed', 'easyflip itself failed.', '`report --bundle`, read it through, and send it.'],
};
