import type { AlertLevel } from './alert.ts';

export interface MetricsSettings {
  /** A file for node_exporter; null: none. */
  readonly textfile: string | null;
  /** Of 127.0.0.1, while `watch` runs; null: none, 0: any. */
  readonly port: number | null;
}

export interface WebhookSettings {
  /** The environment variable with its address. */
  readonly variable: string;
  readonly form: 'easyflip' | 'slack' | 'discord';
  readonly from: AlertLevel;
}

interface CommandSettings {
  readonly name: string;
  /** Program and arguments; no shell. */
  readonly run: readonly string[];
  readonly timeoutSeconds: number;
  readonly from: AlertLevel;
}

/** null: never told. */
export interface AlertRuleSettings {
  readonly serviceDownMinutes: number | null;
  readonly diskFreeMegabytes: number | null;
  readonly backups: boolean;
  readonly successPercent: number | null;
  readonly successHours: number;
  readonly successAtLeast: number;
  readonly costPerDayUsd: number | null;
  readonly costPerMonthUsd: number | null;
  readonly backlogItems: number | null;
  readonly backlogHours: number | null;
  readonly liveMinutes: number | null;
  readonly unusual: boolean;
  readonly unusualDays: number;
  readonly unusualFactor: number;
  readonly dailyReport: boolean;
  readonly weeklyReport: boolean;
}

export interface AlertSettings {
  readonly webhooks: readonly WebhookSettings[];
  readonly commands: readonly CommandSettings[];
  readonly repeatHours: number | null;
  readonly gatherMinutes: number;
  readonly timeoutSeconds: number;
  readonly rules: AlertRuleSettings;
}
