import type { Market } from '../ground/market.ts';
import { EU_COUNTRIES } from '../ground/sites.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { type Candidate, siteOf } from './candidate.ts';
import type { Contact, Regulatory } from './offer-types.ts';
import { imageIdOf } from './picture-rules.ts';

const RESPONSIBLE_PERSONS_MAX = 5;
const TYPES_MIN = 1;
const TYPES_MAX = 1;
/** Maximum lengths in characters (Inventory document, Manufacturer and ResponsiblePerson). */
const CONTACT_MAX: Readonly<Record<keyof Contact, number>> = {
  addressLine1: 180,
  addressLine2: 180,
  city: 64,
  companyName: 100,
  contactUrl: 250,
  country: 2,
  email: 180,
  phone: 64,
  postalCode: 9,
  stateOrProvince: 64,
};
const REPAIR_SCORE_MAX = 10;
/** New goods are always inside the General Product Safety Regulation; what is second-hand is left to the seller here. */
const NEW_GOODS = new Set(['NEW', 'NEW_OTHER', 'NEW_WITH_DEFECTS']);

/** `regulatory`: asked for on EU sites; what is given must be complete on every site (25079 to 25122). */
export function regulatoryProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  const { offer, item } = candidate;
  const regulatory = offer.regulatory ?? {};
  const isEuSite = EU_COUNTRIES.has(siteOf(candidate)?.country ?? '');
  const persons = regulatory.responsiblePersons ?? [];
  const contacts = [...(regulatory.manufacturer === undefined ? [] : [regulatory.manufacturer]), ...persons];
  if (isEuSite && contacts.length === 0 && NEW_GOODS.has(item.condition ?? '')) {
    return [wireError(25029, ['regulatory.manufacturer'], { fieldName: 'regulatory.manufacturer' })];
  }
  const isOutsideEu = isEuSite && contacts.length > 0 && !contacts.some((contact) => EU_COUNTRIES.has(contact.country ?? ''));
  return [
    ...manufacturerProblems(regulatory.manufacturer),
    ...(persons.length > RESPONSIBLE_PERSONS_MAX ? [wireError(25112, ['responsiblePersons', String(RESPONSIBLE_PERSONS_MAX)])] : []),
    ...persons.flatMap(personProblems),
    ...(isOutsideEu ? [wireError(25115)] : []),
    ...safetyProblems(regulatory),
    ...energyProblems(regulatory.energyEfficiencyLabel),
  ];
}

function manufacturerProblems(contact: Contact | undefined): readonly WireError[] {
  if (contact === undefined) return [];
  return [
    ...((contact.companyName ?? '') === '' ? [wireError(25111)] : []),
    ...(hasHalfAddress(contact) ? [wireError(25110)] : []),
    ...(hasNoContact(contact) ? [wireError(25118)] : []),
    ...formProblems('manufacturer', contact),
  ];
}

function personProblems(person: Contact & { readonly types?: readonly string[] }): readonly WireError[] {
  const types = person.types?.length ?? 0;
  return [
    ...((person.companyName ?? '') === '' ? [wireError(25114)] : []),
    ...(hasHalfAddress(person) ? [wireError(25113)] : []),
    ...(hasNoContact(person) ? [wireError(25119)] : []),
    ...(types < TYPES_MIN || types > TYPES_MAX ? [wireError(25116, [String(TYPES_MIN), String(TYPES_MAX)])] : []),
    ...formProblems('responsiblePersons', person),
  ];
}

function hasHalfAddress(contact: Contact): boolean {
  const parts = [contact.addressLine1, contact.city, contact.postalCode, contact.country];
  const given = parts.filter((part) => (part ?? '') !== '').length;
  return given > 0 && given < parts.length;
}

function hasNoContact(contact: Contact): boolean {
  return [contact.addressLine1, contact.email, contact.contactUrl, contact.phone].every((way) => (way ?? '') === '');
}

function formProblems(where: string, contact: Contact): readonly WireError[] {
  const tooLong = (Object.entries(CONTACT_MAX) as [keyof Contact, number][])
    .filter(([field, max]) => [...(contact[field] ?? '')].length > max)
    .map(([field, max]) => wireError(25080, [`${where}.${field}`, String(max)], { fieldName: `${where}.${field}` }));
  const badEmail = contact.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact.email);
  const badUrl = contact.contactUrl !== undefined && !/^https?:\/\/[^\s/]+\.[^\s]+$/.test(contact.contactUrl);
  return [...tooLong, ...(badEmail ? [wireError(25088)] : []), ...(badUrl ? [wireError(25122)] : [])];
}

/** Nobody can upload regulatory documents here, so no id of one is known. */
function safetyProblems({ hazmat, productSafety, repairScore, documents }: Regulatory): readonly WireError[] {
  const isEmpty = (list: readonly string[] | undefined) => (list ?? []).length === 0;
  const badScore = repairScore !== undefined && !isRepairScore(repairScore);
  const ids = (documents ?? []).map((document) => document.documentId ?? '');
  return [
    ...(hazmat !== undefined && isEmpty(hazmat.statements) ? [wireError(25081)] : []),
    ...(productSafety !== undefined && isEmpty(productSafety.statements) && isEmpty(productSafety.pictograms) ? [wireError(25109)] : []),
    ...(badScore ? [wireError(25079, ['0.0', '10.0'])] : []),
    ...(ids.length > 0 ? [wireError(25104, [ids.join(', ')])] : []),
  ];
}

/** One decimal place, in its shortest form: 7, 7.3, but not 7.35. */
function isRepairScore(score: number): boolean {
  return /^\d+(\.\d)?$/.test(String(score)) && score <= REPAIR_SCORE_MAX;
}

function energyProblems(label: Regulatory['energyEfficiencyLabel']): readonly WireError[] {
  if (label === undefined) return [];
  const { imageURL, imageDescription, productInformationSheet } = label;
  if (imageURL === undefined && imageDescription !== undefined) return [wireError(25083)];
  if (imageURL === undefined || productInformationSheet === undefined) return [wireError(25084)];
  return [imageURL, productInformationSheet].filter((url) => imageIdOf(url) === undefined).map(() => wireError(25086));
}
