import { seedConsent } from '../oauth/oauth.ts';
import { seedLocation } from '../sell/locations.ts';
import { seedPolicies } from '../sell/policies.ts';
import type { Market } from './market.ts';
import { RESET_SQL } from './schema.ts';
import { changeSettings } from './settings.ts';

/** A fresh marketplace: one seller who has consented, with one policy of each kind and one location. Repeatable. */
export function seedIfEmpty(market: Market): void {
  market.state.transaction(() => {
    if (market.state.get('SELECT 1 FROM locations') !== undefined || market.state.get('SELECT 1 FROM tokens') !== undefined) return;
    seed(market);
  });
}

/**
 * Back to the fresh state. Ids go on counting, so that no listing id is ever given twice. A new seller has
 * consented, and has neither policies nor a location, nor the programme that policies belong to.
 */
export function reset(market: Market, isNewSeller = false): void {
  market.state.transaction(() => {
    for (const sql of RESET_SQL) market.state.run(sql);
    if (!isNewSeller) return seed(market);
    seedConsent(market);
    changeSettings(market.state, { businessPolicies: false });
  });
}

function seed(market: Market): void {
  seedConsent(market);
  seedPolicies(market);
  seedLocation(market);
}
