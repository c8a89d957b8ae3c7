import type { Call } from '../../../core/ports/outgoing.ts';
import type { LocationDraft, MerchantLocation } from '../../../core/ports/seller-account.ts';
import type { Transport } from '../transport.ts';
import { ignored } from '../wire.ts';
import { locationListAnswer, type WireLocation } from './answers.ts';

const PAGE = 100;
const PAGES_MAX = 20;

/** All inventory locations, disabled ones too. */
export async function listLocations(transport: Transport, call: Call): Promise<readonly MerchantLocation[]> {
  const all: MerchantLocation[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const offset = page * PAGE;
    const { locations, total } = await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.getInventoryLocations',
        send: (ebay) => ebay.sell.inventory.getInventoryLocations({ limit: PAGE, offset }),
        read: locationListAnswer,
      },
      call,
    );
    all.push(...locations.map(locationOf));
    if (locations.length === 0 || offset + PAGE >= total) break;
  }
  return all;
}

/** A warehouse: postal code and country are enough, no street is needed (Inventory API, createInventoryLocation). */
export async function createLocation(transport: Transport, draft: LocationDraft, call: Call): Promise<MerchantLocation> {
  const { key, name, country, postalCode, city, stateOrProvince } = draft;
  const address = {
    country,
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(city === undefined ? {} : { city }),
    ...(stateOrProvince === undefined ? {} : { stateOrProvince }),
  };
  await transport.request(
    {
      token: 'user',
      service: 'inventory',
      operation: 'inventory.createInventoryLocation',
      writes: true,
      send: (ebay) =>
        ebay.sell.inventory.createInventoryLocation(key, {
          name,
          location: { address },
          locationTypes: ['WAREHOUSE'],
          merchantLocationStatus: 'ENABLED',
        } as never),
      read: ignored,
    },
    call,
  );
  return { key, name, country, postalCode, city, enabled: true };
}

function locationOf({ merchantLocationKey, name, merchantLocationStatus, location }: WireLocation): MerchantLocation {
  const address = location?.address;
  return {
    key: merchantLocationKey,
    name: name ?? '',
    country: address?.country ?? undefined,
    postalCode: address?.postalCode ?? undefined,
    city: address?.city ?? undefined,
    enabled: merchantLocationStatus !== 'DISABLED',
  };
}
