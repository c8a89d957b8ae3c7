/** The flaws for the condition description, whole: one that does not fit any more is still in the description. */
export function noteOf(flaws: readonly string[], max: number): string {
  let note = '';
  for (const flaw of flaws.map((one) => one.replace(/\s+/g, ' ').trim()).filter(Boolean)) {
    const longer = note === '' ? flaw : `${note}; ${flaw}`;
    if (longer.length <= max) note = longer;
  }
  return note;
}
