/** From what may wait to what may not. */
export const ALERT_LEVELS = ['info', 'warning', 'critical'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

export const ALERT_RULES = [
  'service-down',
  'login-refused',
  'database-damaged',
  'database-unusable',
  'disk-low',
  'backup-missing',
  'success-low',
  'cost-day',
  'cost-month',
  'backlog-large',
  'backlog-old',
  'slow',
  'unusual-failures',
  'unusual-latency',
  'unusual-cost',
  'unusual-confidence',
  'report-daily',
  'report-weekly',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** Something that a person should know. Made of numbers, days and names of services; never of titles, paths or addresses. */
export interface Alert {
  /** One for each thing that can be the matter: `service-down:inventory`. */
  readonly key: string;
  readonly rule: AlertRule;
  readonly level: AlertLevel;
  /** One sentence: what is the case, with its figures. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly hint: string;
  /** What the sentence rests on, for programs; units last in their names. */
  readonly figures: Readonly<Record<string, number | string | null>>;
}

/** As it stands in the store. ISO times. */
export interface StoredAlert extends Alert {
  readonly since: string;
  readonly seenAt: string;
  /** null: still the case. */
  readonly resolvedAt: string | null;
}

export const isAtLeast = (level: AlertLevel, from: AlertLevel): boolean => ALERT_LEVELS.indexOf(level) >= ALERT_LEVELS.indexOf(from);

/** Reports are told once and are over; nothing is wrong while they stand. */
export const isReport = ({ level }: Pick<Alert, 'level'>): boolean => level === 'info';

/** `2026-03-01 14:05 UTC` */
export const utcMinute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
