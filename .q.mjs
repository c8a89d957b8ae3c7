// .q.ts
import { mkdirSync, writeFileSync, statSync, rmSync } from "node:fs";

// src/intake/scan-folders.ts
import { dirname as dirname3 } from "node:path";

// src/imaging/probe-photo.ts
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename, extname } from "node:path";

// src/imaging/load-sharp.ts
var loading;
function loadSharp() {
  loading ??= import("sharp").then(({ default: sharp }) => tame(sharp));
  return loading;
}
var LOADERS = [
  "VipsForeignLoadJpeg",
  "VipsForeignLoadPng",
  "VipsForeignLoadWebp",
  "VipsForeignLoadTiff",
  "VipsForeignLoadNsgif",
  "VipsForeignLoadHeif"
];
function tame(sharp) {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: LOADERS });
  return sharp;
}

// src/imaging/refused-by-name.ts
var NOTHING_TO_DO = "Ignore this, or delete the file.";
function refusedByName(name) {
  if (name.startsWith("._")) {
    return {
      code: "file.macos-companion",
      message: "The file is a macOS companion of another file and holds no picture.",
      hint: NOTHING_TO_DO
    };
  }
  if (name.startsWith(".") || /^(thumbs\.db|desktop\.ini|ehthumbs\.db)$/i.test(name)) {
    return { code: "file.hidden", message: "The file is hidden or belongs to the system.", hint: NOTHING_TO_DO };
  }
  if (/\.aae$/i.test(name)) {
    return {
      code: "file.iphone-edit",
      message: "The file holds an iPhone's edits of another photo, not a picture.",
      hint: "Export the edited photo as JPEG if the edits matter."
    };
  }
  return void 0;
}

// src/imaging/sniff-content.ts
var SNIFF_BYTES = 4096;
function sniffContent(head, extension = "") {
  if (head.length === 0) return refuse("photo.empty", "The file is empty.", "Copy it again from the camera or phone, or delete it.");
  return photoKind(head, extension) ?? otherFormat(head) ?? isoMedia(head) ?? writtenText(head, extension) ?? unknownContent(extension);
}
var NOT_DECODED = "Export it as JPEG, then run again.";
var NO_PHOTO = "Move it out of the photo folder; only photos are listed.";
var COPY_AGAIN = "Copy it again from where it came, or export it as JPEG.";
var PICTURE_NAME = /^\.(jpe?g|png|webp|gif|tiff?|avif|hei[cf]|hif|bmp)$/;
var RAW_EXTENSIONS = /* @__PURE__ */ new Set([".nef", ".nrw", ".arw", ".sr2", ".dng", ".cr2", ".pef", ".srw", ".orf", ".rw2", ".raf", ".3fr", ".iiq"]);
function photoKind(head, extension) {
  if (startsWith(head, "ffd8ff")) return { kind: "jpeg" };
  if (startsWith(head, "89504e470d0a1a0a")) return { kind: "png" };
  if (latin(head, 0, 4) === "RIFF" && latin(head, 8, 12) === "WEBP") return { kind: "webp" };
  if (latin(head, 0, 6) === "GIF87a" || latin(head, 0, 6) === "GIF89a") return { kind: "gif" };
  if (!["49492a00", "4d4d002a", "49492b00", "4d4d002b"].some((magic) => startsWith(head, magic))) return void 0;
  return latin(head, 8, 10) === "CR" || RAW_EXTENSIONS.has(extension) ? RAW : { kind: "tiff" };
}
var RAW = unsupported("a camera raw file");
var FORMATS = [
  ["38425053", unsupported("a Photoshop document")],
  ["00000100", unsupported("a Windows icon")],
  ["ff0a", unsupported("a JPEG XL picture")],
  ["0000000c4a584c20", unsupported("a JPEG XL picture")],
  ["0000000c6a502020", unsupported("a JPEG 2000 picture")],
  ["49495500", RAW],
  ["4949524f", RAW],
  ["46554a4946494c4d", RAW],
  ["25504446", notAPhoto("a PDF document")],
  ["504b0304", notAPhoto("a ZIP archive or an office document")],
  ["1f8b", notAPhoto("a compressed archive")],
  ["52617221", notAPhoto("a RAR archive")],
  ["377abcaf271c", notAPhoto("a 7-Zip archive")],
  ["1a45dfa3", notAPhoto("a video")],
  ["494433", notAPhoto("a sound file")],
  ["7f454c46", notAPhoto("a program")],
  ["00051607", refuse("file.macos-companion", "The file is a macOS companion (AppleDouble) and holds no picture.", NO_PHOTO)],
  ["00051600", refuse("file.macos-companion", "The file is a macOS companion (AppleSingle) and holds no picture.", NO_PHOTO)]
];
function otherFormat(head) {
  if (latin(head, 0, 2) === "BM" && head.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14))) {
    return unsupported("a Windows bitmap (BMP)");
  }
  if (latin(head, 0, 4) === "RIFF" && latin(head, 8, 11) === "AVI") return notAPhoto("a video");
  const known = FORMATS.find(([magic]) => startsWith(head, magic))?.[1];
  if (known) return known;
  if (latin(head, 1, 4) === "PNG" || latin(head, 12, 16) === "IHDR") {
    return refuse("photo.damaged", "The file is a PNG picture whose first bytes were damaged in a transfer.", COPY_AGAIN);
  }
  return void 0;
}
var HEIC_BRANDS = /* @__PURE__ */ new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);
var AVIF_BRANDS = /* @__PURE__ */ new Set(["avif", "avis"]);
function isoMedia(head) {
  if (latin(head, 4, 8) !== "ftyp") return void 0;
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [latin(head, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin(head, at, at + 4));
  const [major = ""] = brands;
  if (AVIF_BRANDS.has(major)) return { kind: "avif" };
  if (!HEIC_BRANDS.has(major) && brands.some((brand) => AVIF_BRANDS.has(brand))) return { kind: "avif" };
  if (brands.some((brand) => HEIC_BRANDS.has(brand)) || major === "mif1" || major === "msf1") return HEIC;
  if (major === "crx ") return RAW;
  return notAPhoto("a video");
}
var HEIC = refuse(
  "photo.heic-unsupported",
  "The file is a HEIC picture, which this version cannot read yet.",
  'Export it as JPEG, or set the phone to "Most Compatible" (Settings, Camera, Formats) for the next photos.'
);
function writtenText(head, extension) {
  const text2 = textOf(head);
  if (text2 === void 0) return void 0;
  if (/<svg[\s>]/i.test(text2)) {
    return refuse("photo.vector-graphic", "The file is a drawing (SVG), not a photo.", "Use a photo of the item itself, as JPEG.");
  }
  if (/^\s*(<!doctype html|<html|<head|<body)/i.test(text2)) {
    return refuse(
      "photo.not-an-image",
      "The file is a web page saved under the name of a picture.",
      "Save the picture itself, not the page that shows it."
    );
  }
  if (extension === "" || PICTURE_NAME.test(extension)) return refuse("photo.not-an-image", "The file is text, not a picture.", NO_PHOTO);
  const hint = /^\.(json|ya?ml|txt)$/.test(extension) ? "If it describes an item, name it item.json, item.yaml or notes.txt and put it beside the photos; otherwise move it away." : NO_PHOTO;
  return refuse("file.not-a-photo", "The file is text, not a photo.", hint);
}
function textOf(head) {
  if (startsWith(head, "fffe") || startsWith(head, "feff")) return head.toString("utf16le");
  const text2 = head.toString("utf8").replace(/�{1,3}$/, "");
  return /[\u0000-\u0008\u000e-\u001a�]/.test(text2) ? void 0 : text2;
}
function unknownContent(extension) {
  return PICTURE_NAME.test(extension) ? refuse("photo.not-an-image", "The file is named like a picture, but its content is none that is known.", COPY_AGAIN) : refuse("file.not-a-photo", "The file is not a picture of any known kind.", NO_PHOTO);
}
function refuse(code, message, hint) {
  return { refused: { code, message, hint } };
}
function unsupported(what) {
  return refuse("photo.format-unsupported", `The file is ${what}, which cannot be decoded.`, NOT_DECODED);
}
function notAPhoto(what) {
  return refuse("file.not-a-photo", `The file is ${what}, not a photo.`, NO_PHOTO);
}
var startsWith = (head, magicHex) => head.toString("hex", 0, magicHex.length / 2) === magicHex;
var latin = (head, start, end) => head.toString("latin1", start, end);

// src/imaging/taken-at.ts
async function takenAtOf(path, kind, exif) {
  const source = kind === "tiff" ? path : exif && withoutPrefix(exif);
  if (!source) return void 0;
  const { default: exifr } = await import("exifr");
  try {
    const tags = await exifr.parse(source, { pick: ["DateTimeOriginal"], reviveValues: false });
    return localTime(tags?.DateTimeOriginal);
  } catch {
    return void 0;
  }
}
function withoutPrefix(exif) {
  return exif.toString("latin1", 0, 4) === "Exif" ? exif.subarray(6) : exif;
}
function localTime(value) {
  const match = /^(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(String(value));
  if (!match) return void 0;
  const [, year, month, day, hour, minute, second] = match;
  const text2 = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return Number(year) > 1970 && !Number.isNaN(Date.parse(`${text2}Z`)) ? text2 : void 0;
}

// src/imaging/probe-photo.ts
async function probePhoto(path, limits) {
  const byName = refusedByName(basename(path));
  if (byName) return { refused: byName };
  let file;
  try {
    file = await open(path, "r");
    return await probeOpen(path, file, limits);
  } catch (error) {
    return { refused: unreadable(error) };
  } finally {
    await file?.close().catch(() => void 0);
  }
}
async function probeOpen(path, file, limits) {
  const { size } = await file.stat();
  const head = Buffer.alloc(SNIFF_BYTES);
  const { bytesRead } = await file.read(head, 0, SNIFF_BYTES, 0);
  const sniffed = sniffContent(head.subarray(0, bytesRead), extname(path).toLowerCase());
  if ("refused" in sniffed) return sniffed;
  if (size > limits.maxFileBytes) {
    return refuse2(
      "photo.too-large",
      `The file has ${megabytes(size)}; the limit is ${megabytes(limits.maxFileBytes)}.`,
      "Export it smaller, or raise photos.maxFileBytes in the configuration."
    );
  }
  const header = await readHeader(path, sniffed.kind);
  if ("refused" in header) return header;
  const { width, height, takenAt } = header;
  if (tooManyPixels(width, height, limits)) return { refused: pixelRefusal(width, height, limits) };
  const { sha256, bytes } = await hashOf(file);
  if (bytes !== size)
    return refuse2("photo.unreadable-file", "The file changed while it was read.", "Run again once it is copied completely.");
  return { photo: { sha256, path, bytes, kind: sniffed.kind, width, height, ...takenAt ? { takenAt } : {} } };
}
async function readHeader(path, kind) {
  const sharp = await loadSharp();
  try {
    const metadata = await sharp(path, { limitInputPixels: false, failOn: "none" }).metadata();
    const { width, height } = metadata.autoOrient;
    return { width, height, takenAt: await takenAtOf(path, kind, metadata.exif) };
  } catch {
    return refuse2(
      "photo.damaged",
      `The file begins like a ${kind.toUpperCase()} picture, but its header is damaged or cut off.`,
      "Copy it again from the camera or phone, or export it anew."
    );
  }
}
var tooManyPixels = (width, height, { maxPixels }) => width * height > maxPixels;
function pixelRefusal(width, height, { maxPixels }) {
  return {
    code: "photo.too-many-pixels",
    message: `The picture claims ${width} x ${height} pixels; the limit is ${Math.round(maxPixels / 1e6)} megapixels.`,
    hint: "Export it smaller, or raise photos.maxPixels in the configuration."
  };
}
function refusedByLimits(photo, limits) {
  return tooManyPixels(photo.width, photo.height, limits) ? pixelRefusal(photo.width, photo.height, limits) : void 0;
}
var CHUNK_BYTES = 1 << 20;
async function hashOf(file) {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (; ; ) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, bytes);
    if (bytesRead === 0) return { sha256: hash.digest("hex"), bytes };
    hash.update(chunk.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}
function unreadable(error) {
  const code = error.code;
  if (code === void 0) throw error;
  const why = code === "EACCES" || code === "EPERM" ? "no permission" : code === "ENOENT" ? "it is gone" : code;
  return { code: "photo.unreadable-file", message: `The file cannot be read (${why}).`, hint: "Allow reading it, or copy it anew." };
}
function refuse2(code, message, hint) {
  return { refused: { code, message, hint } };
}
var megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

// src/intake/folder-sidecars.ts
import { basename as basename3, dirname as dirname2, extname as extname3 } from "node:path";

// src/intake/natural-order.ts
import { basename as basename2, dirname, extname as extname2 } from "node:path";
var collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
var codeUnits = (a, b) => a < b ? -1 : a > b ? 1 : 0;
var naturalOrder = (a, b) => collator.compare(a, b) || codeUnits(a, b);
var byFileName = (a, b) => naturalOrder(stemOf(a), stemOf(b)) || codeUnits(a, b);
var byPath = (a, b) => naturalOrder(dirname(a), dirname(b)) || byFileName(a, b);
var stemOf = (path) => basename2(path, extname2(path));

// src/intake/folder-sidecars.ts
var DATA = /* @__PURE__ */ new Set([".json", ".yaml", ".yml"]);
function sidecarRole(path, filesOfFolder) {
  const extension = extname3(path).toLowerCase();
  const stem = stemOf(path).toLowerCase();
  if (!DATA.has(extension) && extension !== ".txt") return void 0;
  if (DATA.has(extension) && stem === "defaults") return "defaults";
  if (DATA.has(extension) && stem === "item") return "item";
  if (extension === ".txt" && stem === "notes") return "notes";
  const besides = filesOfFolder.some((file) => !isText(file) && isNamedAfter(file, stemOf(path)));
  return besides ? "named" : void 0;
}
function isNamedAfter(photo, name) {
  const stem = plain(stemOf(photo));
  const start = plain(name);
  if (!stem.startsWith(start)) return false;
  const next = stem.slice(start.length);
  return next === "" || /^[\s_\-.(~,]/.test(next) || /^\d/.test(next) && !/\d$/.test(start);
}
function collectSidecars(read) {
  const folders = /* @__PURE__ */ new Map();
  for (const { role, sidecar } of read) {
    const folder = dirname2(sidecar.path);
    const entry = folders.get(folder) ?? { defaults: [], item: [], notes: [], named: [] };
    entry[role].push(sidecar);
    folders.set(folder, entry);
  }
  return folders;
}
var isText = (path) => DATA.has(extname3(path).toLowerCase()) || extname3(path).toLowerCase() === ".txt";
var plain = (text2) => basename3(text2).normalize("NFC").toLowerCase();

// src/intake/group-by.ts
function groupBy(items, keyOf) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

// src/intake/map-limited.ts
async function mapLimited(items, limit, signal, work) {
  const results = new Array(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      signal.throwIfAborted();
      const at = next;
      next += 1;
      try {
        results[at] = await work(items[at]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  const rejected = ends.find((end) => end.status === "rejected");
  if (rejected) throw rejected.reason;
  return results;
}

// src/intake/scan-roots.ts
import { realpath as realpath2, stat as stat2 } from "node:fs/promises";
import { resolve } from "node:path";

// src/core/errors.ts
var EasyflipError = class extends Error {
  code;
  hint;
  retryable;
  retryAfterMs;
  mayHaveHappened;
  constructor(code, message, details) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.mayHaveHappened = details.mayHaveHappened ?? false;
  }
  get reason() {
    return { code: this.code, message: this.message, hint: this.hint };
  }
};
var ProblemsError = class extends EasyflipError {
  problems;
  constructor(code, message, problems, details) {
    super(code, message, details);
    this.problems = problems;
  }
};

// src/intake/walk-folders.ts
import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
var AT_ONCE = 16;
var MAX_DEPTH = 64;
async function walkFolder(root2, signal) {
  const walk = { files: [], refused: [] };
  const visited = /* @__PURE__ */ new Set();
  const links = [];
  await walkReal({ path: root2, real: await realpath(root2) }, { ...walk, visited, links }, signal);
  const realRoot = await realpath(root2);
  for (let link = links.shift(); link !== void 0; link = links.shift()) {
    const real = await realpath(link);
    if (visited.has(real) || isInside(realRoot, real)) continue;
    await walkReal({ path: link, real }, { ...walk, visited, links }, signal);
  }
  return walk;
}
var isInside = (path, folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
async function walkReal(start, into, signal) {
  let level = [start];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth += 1) {
    const fresh = level.filter(({ real }) => !into.visited.has(real));
    for (const { real } of fresh) into.visited.add(real);
    level = (await mapLimited(fresh, AT_ONCE, signal, (folder) => openFolder(folder, into))).flat();
  }
}
async function openFolder(folder, into) {
  let entries;
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (error) {
    into.refused.push({ path: folder.path, reason: cannotRead("folder", error) });
    return [];
  }
  const inner = [];
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    if (entry.isDirectory() && !isSystemFolder(entry.name)) inner.push({ path, real: join(folder.real, entry.name) });
    else if (entry.isDirectory()) into.refused.push({ path, reason: SYSTEM_FOLDER });
    else await noteFile(path, entry, into);
  }
  return inner;
}
async function noteFile(path, entry, into) {
  const byName = refusedByName(entry.name);
  if (byName) {
    into.refused.push({ path, reason: byName });
    return;
  }
  try {
    const { size, mtimeMs, ...kind } = await factsOf(path);
    if (kind.isFolder) into.links.push(path);
    else if (kind.isFile) into.files.push({ path, bytes: size, modifiedMs: Math.floor(mtimeMs) });
    else into.refused.push({ path, reason: SPECIAL_FILE });
  } catch (error) {
    into.refused.push({ path, reason: cannotRead("file", error) });
  }
}
async function factsOf(path) {
  const facts = await stat(path);
  return { size: facts.size, mtimeMs: facts.mtimeMs, isFile: facts.isFile(), isFolder: facts.isDirectory() };
}
var isSystemFolder = (name) => name.startsWith(".") || /^(__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information)$/i.test(name);
var SYSTEM_FOLDER = {
  code: "file.hidden",
  message: "The folder is hidden or belongs to the system; it was not looked into.",
  hint: "Rename the folder if it holds photos to list."
};
var SPECIAL_FILE = { code: "file.not-a-photo", message: "This is no ordinary file.", hint: "Move it out of the photo folder." };
function cannotRead(what, error) {
  const code = error.code;
  const why = code === "EACCES" || code === "EPERM" ? "no permission" : code === "ENOENT" ? "it points to nothing" : code ?? "unknown cause";
  return {
    code: "photo.unreadable-file",
    message: `The ${what} cannot be read (${why}).`,
    hint: `Allow reading the ${what}, or remove it.`
  };
}

// src/intake/scan-roots.ts
async function openRoots(folders) {
  const problems = [];
  const found = [];
  for (const folder of folders) {
    const path = resolve(folder);
    const problem = await problemOf(path);
    if (problem) problems.push(problem);
    else found.push({ path, real: await realpath2(path) });
  }
  found.sort((a, b) => byPath(a.path, b.path));
  const outer = found.filter(
    ({ real }, at) => !found.some((other, i) => i !== at && isInside(real, other.real) && (real !== other.real || i < at))
  );
  return { roots: outer.map(({ path }) => path), problems };
}
async function problemOf(path) {
  const missing = "Check the path; it is taken relative to the folder you are in.";
  try {
    if ((await stat2(path)).isDirectory()) return void 0;
    return { code: "usage.invalid", message: `${path} is a file, not a folder.`, hint: "Name the folder that holds the photos." };
  } catch (error) {
    if (error.code !== "EACCES")
      return { code: "input.missing-folder", message: `There is no folder ${path}.`, hint: missing };
    return { code: "input.missing-folder", message: `The folder ${path} cannot be reached (no permission).`, hint: "Allow reading it." };
  }
}
function refuseRoots(early, roots, photos2, refused) {
  const problems = [...early, ...roots.flatMap((root2) => noPhotosIn(root2, photos2, refused))];
  const [first] = problems;
  if (!first) return;
  const message = problems.length === 1 ? first.message : `${problems.length} of the folders cannot be used: ${problems.map((problem) => problem.message).join(" ")}`;
  throw new ProblemsError(
    first.code,
    message,
    problems.map((problem) => problem.message),
    { hint: first.hint }
  );
}
function noPhotosIn(root2, photos2, refused) {
  const inside = refused.filter(({ path }) => isInside(path, root2));
  if (photos2.some(({ path }) => isInside(path, root2)) || inside.some(({ reason }) => reason.code === "photo.duplicate")) return [];
  const [only, ...others] = [...new Set(inside.map(({ reason }) => reason.hint))];
  const hint = only !== void 0 && others.length === 0 ? only : "Put JPEG, PNG, WebP, AVIF, GIF or TIFF photos there.";
  return [{ code: "input.no-photos", message: `There is no usable photo in ${root2}: ${whatIsThere(inside)}.`, hint }];
}
var KINDS = {
  "photo.heic-unsupported": "HEIC",
  "photo.empty": "empty",
  "photo.damaged": "damaged",
  "photo.not-an-image": "not a picture",
  "photo.vector-graphic": "a drawing",
  "photo.too-many-pixels": "too many pixels",
  "photo.too-large": "too large",
  "photo.format-unsupported": "unsupported format",
  "photo.unreadable-file": "not readable",
  "file.hidden": "hidden",
  "file.macos-companion": "macOS companion",
  "file.iphone-edit": "iPhone edit",
  "file.not-a-photo": "not a photo"
};
function whatIsThere(refused) {
  if (refused.length === 0) return "it is empty";
  const counts = groupBy(refused, ({ reason }) => KINDS[reason.code] ?? reason.code);
  const parts = [...counts].map(([kind, files]) => `${files.length} ${kind}`);
  return `${refused.length} ${refused.length === 1 ? "file" : "files"} cannot be used (${parts.join(", ")})`;
}

// src/intake/sidecar.ts
import { readFile, stat as stat3 } from "node:fs/promises";
import { basename as basename4, extname as extname4 } from "node:path";

// src/intake/nearest-key.ts
function nearestKey(word, keys) {
  const wanted = word.toLowerCase().replace(/[-_\s]/g, "").slice(0, 40);
  const ranked = keys.map((key) => ({ key, slips: editDistance(wanted, key.toLowerCase()) })).sort((a, b) => a.slips - b.slips);
  const [best] = ranked;
  return best && best.slips <= (wanted.length <= 4 ? 1 : 2) ? best.key : void 0;
}
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

// src/intake/sidecar-shape.ts
import { z } from "zod";

// src/core/money.ts
var WITHOUT_CENTS = /* @__PURE__ */ new Set(["JPY", "KRW", "VND"]);
var decimalsOf = (currency) => WITHOUT_CENTS.has(currency) ? 0 : 2;
function parseMoney(text2, currency) {
  const match = /^\s*[$£€]?\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(text2);
  if (!match?.[1]) return void 0;
  const decimals = decimalsOf(currency);
  const fraction = match[2] ?? "";
  if (fraction.length > decimals) return void 0;
  return { minor: Number(match[1]) * 10 ** decimals + Number(fraction.padEnd(decimals, "0") || 0), currency };
}

// src/intake/gtin.ts
function readGtin(text2) {
  const code = text2.replace(/[\s-]/g, "").toUpperCase();
  if (/^\d{9}[\dX]$/.test(code)) return isbn13(code);
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return void 0;
  return checkDigit(code.slice(0, -1)) === code.at(-1) ? code : void 0;
}
function checkDigit(digits) {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - sum % 10) % 10);
}
function isbn13(isbn10) {
  const sum = [...isbn10].reduce((total, digit, at) => total + (digit === "X" ? 10 : Number(digit)) * (10 - at), 0);
  if (sum % 11 !== 0) return void 0;
  const digits = `978${isbn10.slice(0, 9)}`;
  return digits + checkDigit(digits);
}

// src/intake/sidecar-shape.ts
var CURRENCY = "USD";
var text = z.union([z.string(), z.number()], "must be a text").transform((value) => String(value).trim());
var list = z.union([text, z.array(text)], "must be a text or a list of texts").transform((value) => (typeof value === "string" ? [value] : value).filter((entry) => entry !== ""));
var number = text.pipe(
  z.string().regex(/^\d{1,6}([.,]\d{1,3})?$/, "must be a positive number such as 12 or 1.5").transform((value) => Number(value.replace(",", ".")))
);
var amountText = z.union([
  text.transform((value) => ({ value, currency: CURRENCY })),
  z.strictObject({ value: text, currency: text }, 'must be an amount such as "24.99"')
]);
var amount = (least) => amountText.transform(({ value, currency }, context) => {
  if (currency.toUpperCase() !== CURRENCY) {
    context.addIssue({ code: "custom", message: `must be in ${CURRENCY}, the currency of the marketplace` });
    return z.NEVER;
  }
  const money = parseMoney(value, CURRENCY);
  if (money && money.minor >= least) return money;
  context.addIssue({ code: "custom", message: `must be an amount such as "24.99"${least > 0 ? ", more than zero" : ""}` });
  return z.NEVER;
});
var oneOf = (units, examples) => text.transform((value, context) => {
  const plain2 = value.toLowerCase().replace(/\.$/, "");
  const unit = Object.hasOwn(units, plain2) ? units[plain2] : void 0;
  if (unit) return unit;
  context.addIssue({ code: "custom", message: `must be a unit such as ${examples}` });
  return z.NEVER;
});
var WEIGHT_UNITS = {
  lb: "POUND",
  lbs: "POUND",
  pound: "POUND",
  pounds: "POUND",
  oz: "OUNCE",
  ounce: "OUNCE",
  ounces: "OUNCE",
  kg: "KILOGRAM",
  kilogram: "KILOGRAM",
  kilograms: "KILOGRAM",
  g: "GRAM",
  gram: "GRAM",
  grams: "GRAM"
};
var LENGTH_UNITS = {
  in: "INCH",
  inch: "INCH",
  inches: "INCH",
  ft: "FEET",
  foot: "FEET",
  feet: "FEET",
  cm: "CENTIMETER",
  centimeter: "CENTIMETER",
  centimeters: "CENTIMETER",
  centimetre: "CENTIMETER",
  centimetres: "CENTIMETER",
  m: "METER",
  meter: "METER",
  meters: "METER",
  metre: "METER",
  metres: "METER"
};
var aspects = z.record(z.string(), list, "must be names with values").transform((record, context) => {
  const entries = Object.entries(record).filter(([, values]) => values.length > 0);
  for (const [name] of entries) {
    if (["__proto__", "constructor", "prototype"].includes(name))
      context.addIssue({ code: "custom", message: `"${name}" cannot be a name` });
  }
  return Object.fromEntries(entries);
});
var sidecarShape = z.strictObject({
  title: text,
  description: text,
  category: text,
  type: text,
  brand: text,
  model: text,
  mpn: text,
  gtin: text.transform((value, context) => {
    const code = readGtin(value);
    if (code !== void 0) return code;
    context.addIssue({
      code: "custom",
      message: `"${value}" is no valid UPC, EAN or ISBN (8, 10, 12, 13 or 14 digits with a check digit)`
    });
    return z.NEVER;
  }),
  department: text,
  size: text,
  color: text,
  material: text,
  aspects,
  condition: text,
  flaws: list,
  price: amount(1),
  cost: amount(0),
  quantity: text.pipe(
    z.string().regex(/^[1-9]\d{0,5}$/, "must be a whole number from 1 on").transform(Number)
  ),
  // eBay error 25707: a SKU takes letters and digits only, at most 50.
  sku: text.pipe(z.string().regex(/^[A-Za-z0-9]{1,50}$/, "must be letters and digits only, at most 50")),
  bin: text.pipe(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,19}$/, "must be letters, digits and hyphens, at most 20")),
  weight: z.strictObject({ value: number, unit: oneOf(WEIGHT_UNITS, "lb, oz, kg or g") }, "must be {value, unit}"),
  dimensions: z.strictObject(
    { length: number, width: number, height: number, unit: oneOf(LENGTH_UNITS, "in, ft, cm or m") },
    "must be {length, width, height, unit}"
  ),
  note: text,
  privateNote: text
}).partial();
var SIDECAR_KEYS = Object.keys(sidecarShape.shape);

// src/intake/sidecar.ts
var MAX_BYTES = 256 * 1024;
async function readSidecar(path) {
  let content;
  try {
    const { size } = await stat3(path);
    if (size > MAX_BYTES) return wrong(path, [`${basename4(path)} has ${size} bytes; a sidecar has at most ${MAX_BYTES}.`]);
    content = await readFile(path);
  } catch (error) {
    return wrong(path, [`${basename4(path)} cannot be read (${error.code ?? "unknown cause"}).`]);
  }
  return parseSidecar(path, decodeText(content));
}
async function parseSidecar(path, content) {
  const name = basename4(path);
  if (extname4(path).toLowerCase() === ".txt") {
    const note = content.trim();
    return { path, facts: note === "" ? {} : { note }, problems: [] };
  }
  const parsed = extname4(path).toLowerCase() === ".json" ? parseJson(content) : await parseYaml(content);
  if ("mistake" in parsed) return wrong(path, [`${name}: ${parsed.mistake}`]);
  const { value } = parsed;
  if (value === null || value === void 0 || value === "") return { path, facts: {}, problems: [] };
  if (typeof value !== "object" || Array.isArray(value))
    return wrong(path, [`${name}: must be a list of keys with values, such as "price: 24.99".`]);
  const said = Object.fromEntries(Object.entries(value).filter(([, member]) => !isBlank(member)));
  const result = sidecarShape.safeParse(said);
  if (result.success) return { path, facts: result.data, problems: [] };
  return wrong(
    path,
    result.error.issues.flatMap((issue) => sentences(name, issue))
  );
}
var sidecarReason = (problems) => ({
  code: "sidecar.invalid",
  message: problems.join(" "),
  hint: "Correct the file and run again; the item waits until then."
});
var wrong = (path, problems) => ({ path, facts: {}, problems });
var isBlank = (value) => value === null || typeof value === "string" && value.trim() === "";
function decodeText(content) {
  const utf16 = content[0] === 255 && content[1] === 254;
  return content.toString(utf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}
function parseJson(content) {
  if (content.trim() === "") return { value: null };
  try {
    return { value: JSON.parse(content) };
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    const line = position === void 0 ? "" : ` near line ${content.slice(0, Number(position)).split("\n").length}`;
    return { mistake: `is not valid JSON${line}; check quotes and commas.` };
  }
}
async function parseYaml(content) {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(content, { schema: "failsafe", prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  if (error)
    return { mistake: `is not valid YAML near line ${content.slice(0, error.pos[0]).split("\n").length}; check colons and indentation.` };
  try {
    return { value: document.toJS({ maxAliasCount: 20 }) };
  } catch {
    return { mistake: "holds too many references; write the values out." };
  }
}
function sentences(file, issue) {
  const place = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") return [`${file}: ${place ? `${place} ` : ""}${issue.message}.`];
  return (issue.keys ?? []).map((key) => {
    const near = place === "" ? nearestKey(key, SIDECAR_KEYS) : void 0;
    const where = place === "" ? "" : ` in ${place}`;
    return `${file}: unknown key "${key.slice(0, 60)}"${where}${near ? ` (did you mean "${near}"?)` : ""}.`;
  });
}

// src/intake/scan-folders.ts
var READS_AT_ONCE = 8;
var REMEMBERED_AT_ONCE = 200;
async function scanFolders(folders, options) {
  const { roots, problems } = await openRoots(folders);
  const walks = [];
  for (const root2 of roots) walks.push({ root: root2, ...await walkFolder(root2, options.signal) });
  const { photoFiles, sidecarFiles } = sortOut(walks.flatMap(({ files }) => files));
  const remembered = /* @__PURE__ */ new Map();
  for (const root2 of roots) for (const [path, seen3] of await options.files.below(root2)) remembered.set(path, seen3);
  const seen2 = await probeAll(photoFiles, remembered, options);
  const { photos: photos2, copies } = withoutCopies(seen2);
  const refused = [...walks.flatMap((walk) => walk.refused), ...refusalsOf(seen2), ...copies].sort((a, b) => byPath(a.path, b.path));
  refuseRoots(problems, options.mayBeEmpty ? [] : roots, photos2, refused);
  const sidecars = await mapLimited(sidecarFiles, READS_AT_ONCE, options.signal, async ({ path, role }) => ({
    role,
    sidecar: await readSidecar(path)
  }));
  return {
    roots,
    photos: photos2,
    refused,
    sidecars: collectSidecars(sidecars),
    problems: sidecars.flatMap(({ sidecar }) => sidecar.problems.map((problem) => `${sidecar.path}: ${problem}`))
  };
}
function sortOut(found) {
  const byFolder = [...groupBy(found, ({ path }) => dirname3(path))].sort(([a], [b]) => naturalOrder(a, b));
  const photoFiles = [];
  const sidecarFiles = [];
  for (const [, files] of byFolder) {
    const names = files.map(({ path }) => path);
    for (const file of files.sort((a, b) => byFileName(a.path, b.path))) {
      const role = sidecarRole(file.path, names);
      if (role) sidecarFiles.push({ path: file.path, role });
      else photoFiles.push(file);
    }
  }
  return { photoFiles, sidecarFiles };
}
async function probeAll(files, remembered, options) {
  const limits = options.settings.photos;
  let fresh = [];
  let done = 0;
  const flush = async () => {
    const batch = fresh;
    fresh = [];
    if (batch.length > 0) await options.files.remember(batch);
  };
  try {
    return await mapLimited(files, READS_AT_ONCE, options.signal, async (file) => {
      const known = remembered.get(file.path);
      const valid = known?.bytes === file.bytes && known.modifiedMs === file.modifiedMs && !mayChangeItsMind(known);
      const seen2 = valid ? known : { ...file, result: await probePhoto(file.path, limits) };
      if (!valid && !mayChangeItsMind(seen2)) fresh.push(seen2);
      if (fresh.length >= REMEMBERED_AT_ONCE) await flush();
      done += 1;
      options.onFile?.(done, files.length);
      const refused = "photo" in seen2.result ? refusedByLimits(seen2.result.photo, limits) : void 0;
      return refused ? { ...seen2, result: { refused } } : seen2;
    });
  } finally {
    await flush();
  }
}
var NOT_FINAL = /* @__PURE__ */ new Set([
  "photo.too-many-pixels",
  "photo.too-large",
  "photo.unreadable-file",
  "photo.heic-unsupported",
  "photo.format-unsupported"
]);
var mayChangeItsMind = ({ result }) => "refused" in result && NOT_FINAL.has(result.refused.code);
function refusalsOf(seen2) {
  return seen2.flatMap(({ path, result }) => "refused" in result ? [{ path, reason: result.refused }] : []);
}
function withoutCopies(seen2) {
  const first = /* @__PURE__ */ new Map();
  const copies = [];
  for (const { path, result } of seen2) {
    if ("refused" in result) continue;
    const original = first.get(result.photo.sha256);
    if (!original) first.set(result.photo.sha256, { ...result.photo, path });
    else copies.push({ path, reason: copyOf(original.path) });
  }
  return { photos: [...first.values()], copies };
}
var copyOf = (original) => ({
  code: "photo.duplicate",
  message: `The file is an exact copy of ${original}, which is used instead.`,
  hint: "Delete one of the two."
});

// src/intake/group-photos.ts
import { basename as basename8, dirname as dirname5 } from "node:path";

// src/core/item.ts
var MAX_PHOTOS_PER_ITEM = 24;

// src/intake/attach-sidecars.ts
import { basename as basename5, dirname as dirname4 } from "node:path";

// src/intake/merge-facts.ts
function mergeFacts(...farToNear) {
  const merged = {};
  for (const near of farToNear) {
    const aspects2 = mergeAspects(merged.aspects, near.aspects);
    Object.assign(merged, near, aspects2 ? { aspects: aspects2 } : {});
  }
  return merged;
}
function joinNote(facts, note) {
  if (note === void 0) return facts;
  return { ...facts, note: facts.note === void 0 ? note : `${facts.note}
${note}` };
}
function mergeAspects(far, near) {
  if (!far || !near) return near ?? far;
  const named = new Set(Object.keys(near).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(far).filter(([name]) => !named.has(name.toLowerCase()))), ...near };
}

// src/intake/attach-sidecars.ts
function attachSidecars(groups, sidecars) {
  const drafts = groups.map(
    (group) => ({ group, defaults: defaultsAbove(group.folder, sidecars), own: [], notes: [], problems: [] })
  );
  const refused = [];
  for (const [folder, { item, notes, named }] of sidecars) {
    for (const sidecar of [...item, ...notes]) {
      const owners = ownersOf(folder, drafts);
      const [only, ...others] = owners;
      if (!only) refused.push({ path: sidecar.path, reason: FITS_NOTHING });
      else if (others.length === 0) (notes.includes(sidecar) ? only.notes : only.own).push(sidecar);
      else if (notes.includes(sidecar)) refused.push({ path: sidecar.path, reason: fitsSeveral(owners.length) });
      else for (const draft of owners) draft.problems.push(`${sidecar.path} is for one item, but ${owners.length} items lie there.`);
    }
    for (const sidecar of named) {
      const owners = namedAfter(sidecar, folder, drafts);
      if (owners.length === 0) refused.push({ path: sidecar.path, reason: FITS_NOTHING });
      else if (owners.length === 1) owners[0]?.own.push(sidecar);
      else for (const draft of owners) draft.problems.push(`The name of ${sidecar.path} fits the photos of ${owners.length} items.`);
    }
  }
  return { items: drafts.map(finished), refused };
}
function ownersOf(folder, drafts) {
  const here = drafts.filter(({ group }) => group.folder === folder);
  return here.length > 0 ? here : drafts.filter(({ group }) => isInside(group.folder, folder));
}
function namedAfter(sidecar, folder, drafts) {
  const name = stemOf(sidecar.path);
  const here = drafts.filter(({ group }) => group.folder === folder);
  const exact = here.filter(
    ({ group }) => group.name === name.normalize("NFC").toLowerCase().replace(/[\s_-]+/g, " ")
  );
  return exact.length > 0 ? exact : here.filter(({ group }) => group.photos.some(({ path }) => isNamedAfter(path, name)));
}
function defaultsAbove(folder, sidecars) {
  const found = [];
  for (let at = folder; ; at = dirname4(at)) {
    found.unshift(...sidecars.get(at)?.defaults ?? []);
    if (dirname4(at) === at) return found;
  }
}
function finished({ group, defaults, own, notes, problems }) {
  const used = [...defaults, ...own, ...notes];
  const all = [...used.flatMap((sidecar) => sidecar.problems), ...twice(own), ...twice(defaults), ...problems];
  const note = notes.map(({ facts }) => facts.note).find((text2) => text2 !== void 0);
  const ownFacts = joinNote(mergeFacts(...own.map(({ facts }) => facts)), note);
  return {
    source: group.name === void 0 ? group.folder : `${group.folder}#${group.name}`,
    photos: group.photos,
    nameWords: group.words,
    seller: mergeFacts(...defaults.map(({ facts }) => facts), ownFacts),
    ...group.bin ? { bin: group.bin } : {},
    why: group.why,
    confidence: group.confidence,
    ...all.length > 0 ? { problem: sidecarReason(all) } : {}
  };
}
function twice(sidecars) {
  const paths = sidecars.filter(({ path }) => !path.toLowerCase().endsWith(".txt")).map(({ path }) => path);
  const seen2 = /* @__PURE__ */ new Map();
  const problems = [];
  for (const path of paths) {
    const key = `${dirname4(path)}/${stemOf(path).toLowerCase()}`;
    const other = seen2.get(key);
    if (other) problems.push(`${basename5(other)} and ${basename5(path)} lie in the same folder; keep one.`);
    seen2.set(key, path);
  }
  return problems;
}
var FITS_NOTHING = {
  code: "sidecar.invalid",
  message: "The file describes an item, but no photo here belongs to it.",
  hint: "Put it beside the photos of its item."
};
var fitsSeveral = (items) => ({
  code: "sidecar.invalid",
  message: `The note is for one item, but ${items} items lie there; it was not used.`,
  hint: "Put each item into a folder of its own, or name the note after its photos."
});

// src/intake/group-pile.ts
import { basename as basename7 } from "node:path";

// src/intake/name-words.ts
import { basename as basename6 } from "node:path";
function nameParts(name) {
  let rest = name.normalize("NFC").trim();
  const bin = /^([A-Za-z]{1,3}\d{1,3}-\d{1,4})(?![\p{L}\d])/u.exec(rest)?.[1]?.toUpperCase();
  if (bin) rest = rest.slice(bin.length);
  rest = rest.toLowerCase().replace(UUID, " ").replace(COPY_MARK, "");
  const inParentheses = /\((\d{1,4})\)\s*$/.exec(rest)?.[1];
  const tokens = rest.split(SEPARATORS).filter((token) => token !== "");
  const { tokens: plain2, view } = withoutViewWords(withoutCameraNames(tokens));
  const countsItems = view !== void 0 && /\d$/.test(plain2.at(-1) ?? "") && plain2.some((token) => /\p{L}/u.test(token));
  const { words, counter } = splitCounter(plain2, inParentheses !== void 0);
  return { words, countsItems, view, ...counter && words.length > 0 ? { counter } : {}, ...bin ? { bin } : {} };
}
function nameWordsOf(source, photos2 = []) {
  const own = /^(.*)#([^#]*)$/.exec(basename6(source));
  const part = own?.[2] ?? "";
  if (/\.[a-z]{3,4}$/i.test(part)) return nameParts(stemOf(part)).words;
  const words = nameParts(part).words.length > 0 ? nameParts(part).words : nameParts(own?.[1] ?? basename6(source)).words;
  if (words.length > 0) return words;
  const [first, ...others] = new Set(photos2.map(({ path }) => nameParts(stemOf(path)).words.join(" ")));
  return first && others.length === 0 ? first.split(" ") : [];
}
var SEPARATORS = /[\s_\-.,()[\]#~+&]+/u;
var UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
var COPY_MARK = /[\s_-]+(copy|kopie|copie|copia|копия)(\s*\d+)?$/u;
var CAMERA = "img|imgp|dsc|dscf|dscn|dscg|pxl|mvimg|gopr|gx|gh|dji|mg|pict|hpim|cimg|sam|kic|rimg|sdc|scan|image|photo|foto|pic|p";
var CAMERA_WORD = new RegExp(`^(${CAMERA})$`);
var CAMERA_NUMBER = new RegExp(`^(${CAMERA})\\d+$`);
var ALWAYS_CAMERA = /^(whatsapp|screenshot|bildschirmfoto|snapchat|mvimg|pxl|fb)$/;
var CAMERA_FILLER = /^(image|img|at|am|pm|wa\d+|e\d+|portrait|night|burst|hdr|mp|edited|bearbeitet|original|\d+)$/;
var ID = /^(\d{5,}|(?=.*\d)[0-9a-f]{8,}|\d{8}t\d{4,6}z?)$/;
var DULL = /^(photos?|images?|pictures?|pics?|scans?|fotos?|bild|bilder|фото|untitled|unnamed|downloads?|files?|new|neu|items?|ebay|listings?|to|list|folder|ordner|camera|roll|dcim|resaved|resized)$/u;
function withoutCameraNames(tokens) {
  const begins = (token, at) => ALWAYS_CAMERA.test(token) || CAMERA_NUMBER.test(token) || CAMERA_WORD.test(token) && /^(e|wa)?\d/.test(tokens[at + 1] ?? "");
  const camera = tokens.some((token, at) => token.length + (tokens[at + 1]?.length ?? 0) > 4 && begins(token, at));
  const kept = tokens.filter((token, at) => !ID.test(token) && !(camera && (begins(token, at) || CAMERA_FILLER.test(token))));
  const names = kept.some((token) => /\p{L}{2,}|\p{L}\d/u.test(token) && !DULL.test(token));
  return names ? kept : [];
}
var COVER = /^(front|cover|main|hero|vorne|vorderseite|titel|avant|devant|fronte|frente|спереди|перед)\d*$/u;
var DETAIL = /^(label|labels|tag|tags|hangtag|detail|details|closeup|close|macro|care|etikett|étiquette|etiquette|etichetta|etiqueta|barcode|upc|serial|flaw|flaws|damage|stain|defect|бирка|этикетка|ярлык|деталь)\d*$/u;
var OTHER_VIEW = /^(back|rear|side|left|right|top|bottom|inside|sole|soles|hinten|rückseite|seite|dos|arrière|retro|сзади|сбоку|view)\d*$/u;
function withoutViewWords(tokens) {
  const rest = [...tokens];
  let view;
  for (; ; ) {
    const numbered = /^\d{1,3}$/.test(rest.at(-1) ?? "") && viewOf(rest.at(-2)) !== void 0;
    const found = viewOf(numbered ? rest.at(-2) : rest.at(-1));
    if (!found) return { tokens: rest, view };
    rest.splice(numbered ? -2 : -1);
    view = found === "other" ? view ?? found : found;
  }
}
function viewOf(token) {
  if (token === void 0) return void 0;
  if (COVER.test(token)) return "cover";
  if (DETAIL.test(token)) return "detail";
  return OTHER_VIEW.test(token) ? "other" : void 0;
}
function splitCounter(tokens, sure) {
  const last = tokens.at(-1);
  if (last === void 0) return { words: [] };
  const before = tokens.slice(0, -1);
  if (/^\d{1,4}$/.test(last))
    return { words: before, counter: { value: Number(last), sure: sure || last.length > 1 && last.startsWith("0") } };
  const attached = /^(\p{L}{3,})(\d{1,3})$/u.exec(last);
  if (!attached?.[1] || attached[2] === void 0) return { words: [...tokens] };
  return { words: [...before, attached[1]], counter: { value: Number(attached[2]), sure: attached[2].startsWith("0") } };
}

// src/intake/photo-group.ts
var countOf = (photos2) => photos2 === 1 ? "1 photo" : `${photos2} photos`;

// src/intake/group-pile.ts
var SURE_PAUSE = 1 / 3;
function groupPile(folder, photos2, mode, gapMs) {
  const named = mode === "time" ? [] : namedGroups(folder, photos2, gapMs);
  const taken = new Set(named.flatMap((group) => group.photos));
  const rest = photos2.filter((photo) => !taken.has(photo));
  const timed = mode === "name" ? [] : rest.filter((photo) => timeOf(photo) !== void 0);
  const groups = [
    ...named,
    ...parted(timed, gapMs).map((cluster) => timeGroup(folder, cluster, gapMs)),
    ...rest.filter((photo) => !timed.includes(photo)).map((photo) => loneGroup(folder, photo))
  ];
  return mode === "auto" ? joinDetails(groups, gapMs) : groups;
}
function hasSeveralItems(photos2, gapMs, folderIsNamed) {
  const keys = keysOf(photos2);
  if (new Set(keys.values()).size > 1) return true;
  if (folderIsNamed || keys.size > 0 || photos2.some((photo) => timeOf(photo) === void 0)) return false;
  return parted(photos2, gapMs).length > 1;
}
function namedGroups(folder, photos2, gapMs) {
  const keys = keysOf(photos2);
  const groups = groupBy(
    photos2.filter((photo) => keys.has(photo)),
    (photo) => keys.get(photo) ?? ""
  );
  return [...groups].map(([name, members]) => {
    const parts = nameParts(stemOf(members[0]?.path ?? ""));
    const scattered = members.every((photo) => timeOf(photo) !== void 0) && longestPause(members) > 5 * gapMs;
    return {
      folder,
      name,
      photos: members,
      words: parts.words,
      ...parts.bin ? { bin: parts.bin } : {},
      why: `${countOf(members.length)} named "${name}"${scattered ? ", taken far apart" : ""}`,
      confidence: members.length === 1 ? 0.8 : scattered ? 0.6 : 0.9
    };
  });
}
function keysOf(photos2) {
  const named = photos2.map((photo) => ({ photo, parts: nameParts(stemOf(photo.path)) })).filter(({ parts }) => parts.words.length > 0 || parts.bin);
  const keys = /* @__PURE__ */ new Map();
  for (const [base, members] of groupBy(named, ({ parts }) => baseOf(parts))) {
    const all = members.map(({ parts }) => parts);
    for (const { photo, parts } of members) {
      keys.set(photo, parts.counter && !countsShots(all) ? `${base} ${parts.counter.value}` : base);
    }
  }
  return keys;
}
var baseOf = ({ bin, words }) => [...bin ? [bin] : [], ...words].join(" ");
function countsShots(parts) {
  if (parts.some(({ countsItems }) => countsItems)) return false;
  if (parts.some(({ counter }) => !counter || counter.sure)) return true;
  const values = [...new Set(parts.flatMap(({ counter }) => counter ? [counter.value] : []))].sort((a, b) => a - b);
  const [least = 0] = values;
  const unbroken = (values.at(-1) ?? 0) - least === values.length - 1;
  return least <= 1 || unbroken && values.length >= 3;
}
function timeOf({ takenAt }) {
  return takenAt === void 0 ? void 0 : Date.parse(`${takenAt}Z`);
}
var timesOf = (photos2) => photos2.flatMap((photo) => timeOf(photo) ?? []).sort((a, b) => a - b);
var pausesOf = (photos2) => timesOf(photos2).flatMap((time, at, all) => at === 0 ? [] : [time - (all[at - 1] ?? time)]);
var longestPause = (photos2) => Math.max(0, ...pausesOf(photos2));
function parted(photos2, gapMs) {
  const sorted = [...photos2].sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0) || byFileName(a.path, b.path));
  const clusters = [];
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const photo of sorted) {
    const time = timeOf(photo) ?? 0;
    if (time - lastTime > gapMs) clusters.push([]);
    clusters.at(-1)?.push(photo);
    lastTime = time;
  }
  return clusters.flatMap(halved);
}
function halved(cluster) {
  if (cluster.length <= MAX_PHOTOS_PER_ITEM) return [cluster];
  const pauses = pausesOf(cluster);
  const cut = pauses.indexOf(Math.max(...pauses)) + 1;
  return [...halved(cluster.slice(0, cut)), ...halved(cluster.slice(cut))];
}
function timeGroup(folder, cluster, gapMs) {
  const [first] = cluster;
  const name = basename7(first?.path ?? "");
  if (cluster.length === 1) {
    return { folder, name, photos: cluster, words: [], why: "1 photo, with a pause before and after it", confidence: 0.5 };
  }
  const pause = longestPause(cluster);
  return {
    folder,
    name,
    photos: cluster,
    words: [],
    why: `${countOf(cluster.length)} taken together, ${Math.round(pause / 1e3)} s apart at most`,
    confidence: pause <= gapMs * SURE_PAUSE ? 0.75 : 0.4
  };
}
var loneGroup = (folder, photo) => ({
  folder,
  name: basename7(photo.path),
  photos: [photo],
  words: nameParts(stemOf(photo.path)).words,
  why: "1 photo without a telling name or a time",
  confidence: 0.3
});
function joinDetails(groups, gapMs) {
  const joined = new Map(groups.map((group) => [group, group]));
  for (const group of groups) {
    if (!onlyDetails(group)) continue;
    const [target] = groups.filter((other) => other !== group && !onlyDetails(other)).map((other) => ({ other, pause: pauseBetween(group, other) })).filter(({ pause }) => pause <= gapMs).sort((a, b) => a.pause - b.pause);
    const current = target && joined.get(target.other);
    if (!target || !current || current.photos.length + group.photos.length > MAX_PHOTOS_PER_ITEM) continue;
    joined.set(target.other, {
      ...current,
      photos: [...current.photos, ...group.photos],
      why: `${current.why}, with ${countOf(group.photos.length)} of a label taken ${Math.round(target.pause / 1e3)} s apart`,
      confidence: Math.min(current.confidence, 0.5)
    });
    joined.delete(group);
  }
  return [...joined.values()];
}
var onlyDetails = ({ photos: photos2 }) => photos2.every(({ path }) => nameParts(stemOf(path)).view === "detail");
function pauseBetween(a, b) {
  const [mine, theirs] = [timesOf(a.photos), timesOf(b.photos)];
  return Math.min(Number.POSITIVE_INFINITY, ...mine.flatMap((time) => theirs.map((other) => Math.abs(time - other))));
}

// src/intake/listing-order.ts
function inListingOrder(photos2) {
  return photos2.map((photo) => ({ photo, rank: rankOf(photo) })).sort((a, b) => a.rank - b.rank || byFileName(a.photo.path, b.photo.path)).map(({ photo }) => photo);
}
var RANKS = { cover: 0, detail: 2, other: 1 };
var rankOf = ({ path }) => RANKS[nameParts(stemOf(path)).view ?? "other"];

// src/intake/group-photos.ts
function groupPhotos(scan, mode, settings) {
  if (mode === "divider") {
    throw new EasyflipError("usage.invalid", "Grouping by divider photos does not exist yet.", {
      hint: "Use --group auto, folder, name or time."
    });
  }
  const folders = groupBy(scan.photos, ({ path }) => dirname5(path));
  const gapMs = settings.photos.gapMinutes * 6e4;
  const refused = [];
  const groups = [];
  for (const [folder, photos2] of folders) {
    const pile = mode === "name" || mode === "time" || mode === "auto" && isPile(folder, photos2, scan.roots, [...folders.keys()], gapMs);
    for (const group of pile ? groupPile(folder, photos2, mode, gapMs) : [wholeFolder(folder, photos2)]) {
      const ordered = inListingOrder(group.photos);
      groups.push({ ...group, photos: ordered.slice(0, MAX_PHOTOS_PER_ITEM) });
      refused.push(...ordered.slice(MAX_PHOTOS_PER_ITEM).map(({ path }) => ({ path, reason: tooMany(ordered.length) })));
    }
  }
  const attached = attachSidecars(groups, scan.sidecars);
  return { items: attached.items, refused: [...refused, ...attached.refused] };
}
var CAMERA_FOLDER = /^(dcim|camera( roll)?|camera uploads|all photos|photos|pictures|images|my photos|downloads?|screenshots?|whatsapp images|recents?|\d{3}[a-z0-9_]{5}|\d{4}([-_. ]?\d{2}){1,2}_*|\d{6}_+)$/i;
function isPile(folder, photos2, roots, folders, gapMs) {
  if (photos2.length > MAX_PHOTOS_PER_ITEM) return true;
  if (!roots.includes(folder)) return CAMERA_FOLDER.test(basename8(folder));
  const besideFolders = folders.some((other) => other !== folder && isInside(other, folder));
  return besideFolders || hasSeveralItems(photos2, gapMs, nameParts(basename8(folder)).words.length > 0);
}
function wholeFolder(folder, photos2) {
  const { bin } = nameParts(basename8(folder));
  return {
    folder,
    photos: photos2,
    words: nameWordsOf(folder, photos2),
    ...bin ? { bin } : {},
    why: `${countOf(photos2.length)} in one folder`,
    confidence: 1
  };
}
var tooMany = (count) => ({
  code: "photo.too-many",
  message: `The item has ${count} photos; eBay shows ${MAX_PHOTOS_PER_ITEM}, and this one comes after them.`,
  hint: "Remove photos from the item, or part them into folders if they are several items."
});

// .q.ts
var root = "/tmp/p2x/big";
var seen = /* @__PURE__ */ new Map();
for (let i = 0; i < 1e4; i++) {
  const d = `${root}/item ${i}`;
  mkdirSync(d, { recursive: true });
  for (let j = 0; j < 3; j++) {
    const p = `${d}/IMG_${i * 3 + j}.jpg`;
    writeFileSync(p, "x" + i + j);
    const s = statSync(p);
    seen.set(p, { path: p, bytes: s.size, modifiedMs: Math.floor(s.mtimeMs), result: { photo: { sha256: (i * 3 + j).toString(16).padStart(64, "0"), path: p, bytes: s.size, kind: "jpeg", width: 100, height: 100 } } });
  }
}
var photos = { maxPixels: 22e7, maxFileBytes: 1e8, gapMinutes: 3 };
for (let k = 0; k < 2; k++) {
  const t = Date.now();
  const s = await scanFolders([root], { files: { below: async () => seen, remember: async () => {
    throw 1;
  } }, settings: { photos }, signal: new AbortController().signal });
  const t1 = Date.now();
  const g = groupPhotos(s, "auto", { photos });
  console.log(s.photos.length, g.items.length, t1 - t, "ms scan", Date.now() - t1, "ms group", Math.round(process.memoryUsage().rss / 1e6) + " MB");
}
rmSync(root, { recursive: true });
