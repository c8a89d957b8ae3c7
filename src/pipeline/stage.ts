import type { Clock } from '../core/clock.ts';
import type { Reason } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Item } from '../core/item.ts';
import type {
  BarcodeReader,
  Call,
  Decision,
  Describer,
  Marketplace,
  Outgoing,
  SecondReader,
  Store,
  TextReader,
} from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';

/** A stage may end by asking for a person instead of producing a value. */
export interface Hold {
  readonly hold: Reason;
  /** What was worked out so far; shown by `show`, and what an approval binds to. */
  readonly partial?: unknown;
}

export const hold = (reason: Reason, partial?: unknown): Hold => ({ hold: reason, ...(partial === undefined ? {} : { partial }) });

/** What stages may reach; everything here is a port or a place on disk. */
export interface StagePorts {
  readonly outgoing: Outgoing;
  readonly textReader: TextReader;
  /** Where credentials for one are set. */
  readonly secondReader?: SecondReader;
  readonly barcodeReader: BarcodeReader;
  readonly describer: Describer;
  readonly marketplace: Marketplace;
  /** Looks of photos, for near-duplicates, the number of approvals so far, and which listings are our own. */
  readonly items: Pick<Store['items'], 'rememberLook' | 'nearDuplicates' | 'approvals' | 'ownListings'>;
  readonly clock: Clock;
  /** Folder of prepared pictures, by content hash. */
  readonly pictureFolder: string;
}

export interface StageContext {
  readonly item: Item;
  readonly decision: Decision | undefined;
  /** ISO time. Of two items that look alike the one seen first goes on. */
  readonly firstSeenAt: string;
  readonly settings: Settings;
  readonly ports: StagePorts;
  readonly call: Call;
  readonly emit: Emit;
}

/** What the fingerprint of a stage may be made of, besides the outputs it needs. */
export type StageUses = Pick<StageContext, 'item' | 'decision' | 'settings'>;

// biome-ignore lint/suspicious/noExplicitAny: the one place where a list of differently typed stages is held
export type AnyStage = Stage<any, any>;
export type Needs = Readonly<Record<string, AnyStage>>;
type OutputOf<S> = S extends Stage<infer _N, infer Out> ? Out : never;
type InputsOf<N extends Needs> = { readonly [K in keyof N]: OutputOf<N[K]> };

/**
 * One step of an item's way. Plain JSON in, plain JSON out: what a stage returns is its checkpoint.
 * A stage never calls another stage, never records its result and never prints.
 */
export interface Stage<N extends Needs, Out> {
  readonly name: string;
  /** Raise it when the same inputs should give a different result. */
  readonly version: number;
  /** The earlier stages whose results this one reads; their types arrive with them. */
  readonly needs: N;
  /** Writes to the marketplace: a dry run ends before it. Default: false. */
  readonly writes?: boolean;
  /** Costs money or cannot be repeated cheaply: the first Ctrl-C lets it finish. Default: false. */
  readonly finishOnStop?: boolean;
  /** A hold of this stage may dissolve without the seller (prices come, policies are made): try it in every run. Default: false. */
  readonly retryHold?: boolean;
  /** What of the item and the settings the result depends on; part of the fingerprint. */
  uses?(from: StageUses): unknown;
  /** False when a recorded result cannot serve any more (a file is gone, an address ran out). */
  stillValid?(output: Out, context: StageContext): boolean | Promise<boolean>;
  /** Throws EasyflipError. May be called again after a crash. */
  run(inputs: InputsOf<N>, context: StageContext): Promise<Out | Hold>;
}

export const defineStage = <const N extends Needs, Out>(stage: Stage<N, Out>): Stage<N, Out> => stage;
