import { closeSync, mkdirSync, openSync, renameSync, rmSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { drawn } from '../chaos/drawn.ts';
import { between, stream } from '../chaos/random.ts';
import { sidecar } from '../support/items.ts';

const SLICES = 5;
const SLICE_MS = [60, 260] as const;
/** Between two files: long enough for half an item to go on sale, if it were taken. */
const FILE_MS = [200, 4_000] as const;
/** Two summers ago: copies that keep the time of the original carry it. */
const TAKEN = new Date('2024-07-14T10:30:00Z');

/** One item on its way into the folder. */
interface Copy {
  /** The folder it lies in when all is done. */
  readonly folder: string;
  /** On the same disk, watched by nobody. */
  readonly elsewhere: string;
  readonly a: Buffer;
  readonly b: Buffer;
  /** A picture that must never be listed. */
  readonly wrong: Buffer;
  readonly sidecar: string;
  /** Writes in slices, with pauses between them. `during`: after the first half. */
  grow(path: string, bytes: Buffer, during?: () => void): Promise<void>;
}

/** What programs do when they copy. In the end there are `a.jpg`, `b.jpg` and `item.json`, whatever was there in between. */
const MANNERS: Readonly<Record<string, (copy: Copy) => Promise<void>>> = {
  async 'files that grow under their own names'({ folder, a, b, sidecar: told, grow }) {
    write(join(folder, 'item.json'), told);
    await grow(join(folder, 'a.jpg'), a);
    await grow(join(folder, 'b.jpg'), b);
  },
  async 'part files that are renamed when they are whole, the sidecar last'({ folder, a, b, sidecar: told, grow }) {
    await whole(grow, join(folder, 'a.jpg.part'), join(folder, 'a.jpg'), a);
    await whole(grow, join(folder, 'b.jpg.crdownload'), join(folder, 'b.jpg'), b);
    write(join(folder, 'item.json'), told);
  },
  async 'rsync, which keeps the times'({ folder, a, b, sidecar: told, grow }) {
    for (const [name, bytes] of [['a.jpg', a] as const, ['b.jpg', b] as const]) {
      await whole(grow, join(folder, `.${name}.Qx7Lp2`), join(folder, name), bytes);
      utimesSync(join(folder, name), TAKEN, TAKEN);
    }
    write(join(folder, 'item.json'), told);
  },
  async 'a folder that is renamed while a file in it grows'({ folder, a, b, sidecar: told, grow }) {
    const unnamed = `${folder} (New folder)`;
    await grow(join(unnamed, 'a.jpg'), a);
    await grow(join(unnamed, 'b.jpg'), b, () => renameSync(unnamed, folder));
    write(join(folder, 'item.json'), told);
  },
  async 'a blurred photo that is deleted while others are copied'({ folder, a, b, wrong, sidecar: told, grow }) {
    write(join(folder, 'item.json'), told);
    await grow(join(folder, 'a blurred.jpg'), wrong);
    await grow(join(folder, 'a.jpg'), a, () => rmSync(join(folder, 'a blurred.jpg')));
    await grow(join(folder, 'b.jpg'), b);
  },
  async 'cloud drives, with placeholders and names of their own'({ folder, a, b, sidecar: told, grow }) {
    write(join(folder, '.a.jpg.icloud'), 'bplist00');
    write(join(folder, '.b.jpg.icloud'), 'bplist00');
    await whole(grow, join(folder, '~syncthing~a.jpg.tmp'), join(folder, 'a.jpg'), a);
    rmSync(join(folder, '.a.jpg.icloud'));
    await whole(grow, join(folder, 'b.jpg.tmp.drivedownload'), join(folder, 'b.jpg'), b);
    rmSync(join(folder, '.b.jpg.icloud'));
    write(join(folder, 'item.json'), told);
  },
  async 'files of full size that are filled afterwards'({ folder, a, b, sidecar: told, grow }) {
    write(join(folder, 'item.json'), told);
    for (const [name, bytes] of [['a.jpg', a] as const, ['b.jpg', b] as const]) {
      write(join(folder, name), Buffer.alloc(bytes.length));
      await grow(join(folder, name), bytes);
    }
  },
  async 'a camera, whose files get the time of the shot at the end'({ folder, a, b, sidecar: told, grow }) {
    await grow(join(folder, 'a.jpg'), a);
    utimesSync(join(folder, 'a.jpg'), TAKEN, TAKEN);
    await grow(join(folder, 'b.jpg'), b);
    utimesSync(join(folder, 'b.jpg'), TAKEN, TAKEN);
    write(join(folder, 'item.json'), told);
  },
  async 'a folder that is moved in whole'({ folder, elsewhere, a, b, sidecar: told, grow }) {
    write(join(elsewhere, 'item.json'), told);
    await grow(join(elsewhere, 'a.jpg'), a);
    await grow(join(elsewhere, 'b.jpg'), b);
    renameSync(elsewhere, folder);
  },
  async 'a photo that is replaced by a better one, and files that change names'({ folder, a, b, wrong, sidecar: told, grow }) {
    write(join(folder, 'item.json'), told);
    await grow(join(folder, 'a.jpg'), wrong);
    await grow(join(folder, 'IMG_2.jpg'), b);
    await whole(grow, join(folder, 'a.jpg~edit.tmp'), join(folder, 'a.jpg'), a);
    renameSync(join(folder, 'IMG_2.jpg'), join(folder, 'b.jpg'));
  },
};

export const keysOf = (n: number): readonly [string, string] => [`item ${n} a`, `item ${n} b`];
export const wrongKeyOf = (n: number): string => `item ${n} x`;

/** Copies items 1 to `count` into `photos`, `atOnce` at a time, each in another manner. `elsewhere` is on the same disk and not watched. */
export async function copySlowly(photos: string, elsewhere: string, count: number, atOnce: number): Promise<void> {
  const random = stream(count);
  const manners = Object.values(MANNERS);
  let next = 1;
  const lane = async (): Promise<void> => {
    while (next <= count) {
      const n = next;
      next += 1;
      const [a, b, wrong] = await Promise.all([...keysOf(n), wrongKeyOf(n)].map((key) => drawn(key, 'jpeg', false)));
      if (!a || !b || !wrong) throw new Error('not drawn');
      const grow = (path: string, bytes: Buffer, during?: () => void) => growing(path, bytes, during, (range) => between(random, ...range));
      const at = { folder: join(photos, `item-${n}`), elsewhere: join(elsewhere, `item-${n}`) };
      mkdirSync(elsewhere, { recursive: true });
      await manners[n % manners.length]?.({ ...at, a, b, wrong, sidecar: JSON.stringify(sidecar(n)), grow });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function growing(
  path: string,
  bytes: Buffer,
  during: (() => void) | undefined,
  restMs: (range: readonly [number, number]) => number,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  try {
    const size = Math.ceil(bytes.length / SLICES);
    for (let at = 0; at < bytes.length; at += size) {
      writeSync(file, bytes.subarray(at, at + size));
      if (at === 2 * size) during?.();
      await pause(restMs(SLICE_MS));
    }
  } finally {
    closeSync(file);
  }
  await pause(restMs(FILE_MS));
}

async function whole(grow: Copy['grow'], unfinished: string, path: string, bytes: Buffer): Promise<void> {
  await grow(unfinished, bytes);
  renameSync(unfinished, path);
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
