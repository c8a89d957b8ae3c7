import { scanFolders } from './src/intake/scan-folders.ts';
import { groupPhotos } from './src/intake/group-photos.ts';
import { basename, relative, resolve } from 'node:path';
const photos={pictureLongSide:1600,pictureQuality:90,modelLongSide:768,thumbnailLongSide:256,maxPixels:220e6,maxFileBytes:1e8,gapMinutes:3};
const seen=new Map(); const files={below:async f=>new Map([...seen].filter(([p])=>p.startsWith(f))),remember:async fs=>{for(const f of fs)seen.set(f.path,f)}};
for (const d of process.argv.slice(2)){
 const t=Date.now(); const s=await scanFolders([d],{files,settings:{photos},signal:new AbortController().signal}); const t2=Date.now();
 await scanFolders([d],{files,settings:{photos},signal:new AbortController().signal});
 console.log(d,s.photos.length,'photos',s.refused.length,'refused',t2-t,'ms, again',Date.now()-t2);
 const g=groupPhotos(s,'auto',{photos});
 for(const i of g.items)console.log(' ',relative(resolve(d),i.source)||'.','|',i.photos.map(p=>basename(p.path)).join(' , '),'|',i.nameWords.join(' '),i.bin??'','|',i.why,i.confidence,i.problem?.message??'');
 for(const r of [...s.refused,...g.refused]) console.log('  -',relative(resolve(d),r.path),r.reason.code);
}
