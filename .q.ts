import { mkdirSync, writeFileSync, statSync, rmSync } from 'node:fs';
import { scanFolders } from './src/intake/scan-folders.ts';
import { groupPhotos } from './src/intake/group-photos.ts';
const root='/tmp/p2x/big'; const seen=new Map();
for(let i=0;i<10000;i++){const d=`${root}/item ${i}`;mkdirSync(d,{recursive:true});for(let j=0;j<3;j++){const p=`${d}/IMG_${i*3+j}.jpg`;writeFileSync(p,'x'+i+j);const s=statSync(p);seen.set(p,{path:p,bytes:s.size,modifiedMs:Math.floor(s.mtimeMs),result:{photo:{sha256:(i*3+j).toString(16).padStart(64,'0'),path:p,bytes:s.size,kind:'jpeg',width:100,height:100}}})}}
const photos={maxPixels:220e6,maxFileBytes:1e8,gapMinutes:3};
for(let k=0;k<2;k++){const t=Date.now();const s=await scanFolders([root],{files:{below:async()=>seen,remember:async()=>{throw 1}},settings:{photos} as never,signal:new AbortController().signal});const t1=Date.now();const g=groupPhotos(s,'auto',{photos} as never);console.log(s.photos.length,g.items.length,t1-t,'ms scan',Date.now()-t1,'ms group', Math.round(process.memoryUsage().rss/1e6)+' MB');}
rmSync(root,{recursive:true});
