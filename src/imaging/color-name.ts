/** CIE L*a*b* (D65): lightness 0 to 100, green to red, blue to yellow. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** eBay's own values of the item specific Color (without Multicolor, which no single pixel has). */
export type ColorName =
  | 'Beige'
  | 'Black'
  | 'Blue'
  | 'Brown'
  | 'Gold'
  | 'Gray'
  | 'Green'
  | 'Ivory'
  | 'Orange'
  | 'Pink'
  | 'Purple'
  | 'Red'
  | 'Silver'
  | 'White'
  | 'Yellow';

/**
 * The plain name a person would give a colour. Never Gold or Silver: those are about lustre, which one
 * pixel does not show; they come out as Yellow, Brown or Gray.
 */
export function colorName([lightness, a, b]: Lab): ColorName {
  const chroma = Math.sqrt(a * a + b * b);
  const hue = ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  if (lightness < 12) return 'Black';
  if (chroma < 9 || (lightness < 25 && chroma < 12)) return neutral(lightness);
  if (hue >= 35 && hue < 105 && chroma < 28) return earthy(lightness, chroma);
  return vivid(lightness, chroma, hue);
}

function neutral(lightness: number): ColorName {
  if (lightness < 28) return 'Black';
  return lightness < 78 ? 'Gray' : 'White';
}

/** Weak reds to yellows: indoor light tints white and grey this way, hence the caution. */
function earthy(lightness: number, chroma: number): ColorName {
  if (lightness < 22) return 'Black';
  if (lightness > 84) return chroma < 12 ? 'White' : 'Ivory';
  if (lightness > 58) return chroma < 12 ? 'Gray' : 'Beige';
  return chroma < 13 ? 'Gray' : 'Brown';
}

function vivid(lightness: number, chroma: number, hue: number): ColorName {
  // Between red and purple lies pink: pale, or strong as on toys and clogs. Dark or dusty it is a burgundy, a kind of red.
  if (hue < 15 || hue >= 335) return lightness > 62 || (chroma > 38 && lightness > 33) ? 'Pink' : 'Red';
  if (hue < 48) return lightness > 70 ? 'Pink' : lightness < 35 && chroma < 35 ? 'Brown' : 'Red';
  if (hue < 72) return lightness < 52 ? 'Brown' : 'Orange';
  if (hue < 108) return lightness < 48 ? 'Brown' : 'Yellow';
  if (hue < 205) return 'Green';
  if (hue < 300) return 'Blue';
  return lightness > 60 && hue >= 318 ? 'Pink' : 'Purple';
}

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

/** From 8-bit sRGB (IEC 61966-2-1, white point D65). */
export function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [LINEAR[red] ?? 0, LINEAR[green] ?? 0, LINEAR[blue] ?? 0];
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const curve = (part: number): number => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116);
