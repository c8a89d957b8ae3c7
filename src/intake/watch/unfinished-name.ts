/**
 * Names under which programs write what is not whole yet: browsers (`.crdownload`, `.part`, `.download`), rsync (`.photo.jpg.Ab12Cd`),
 * cloud drives (`.icloud`, `.tmp.drivedownload`, `~RFab.tmp`), Syncthing (`~syncthing~…tmp`, `.syncthing.…tmp`), cameras and phones (`.tmp`).
 */
export const isUnfinishedName = (name: string): boolean =>
  /\.(part|partial|crdownload|download|opdownload|icloud|tmp|temp|filepart|!ut|drivedownload|dropbox\.tmp)$/i.test(name) ||
  /^(~|\.syncthing\.)/.test(name) ||
  /^\..+\.(jpe?g|heic|heif|png|webp|avif|tiff?|gif|dng|cr2|nef|arw|pef)\.[A-Za-z0-9]{6}$/i.test(name);
