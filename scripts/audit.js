// `npm run audit`: known holes in what users install. Fails on any; a registry that answers no audits (mirrors often do not) is told
// and is no failure, for then nothing is known.
import { spawnSync } from 'node:child_process';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', shell: process.platform === 'win32' });
if (error) throw error;
const answer = JSON.parse(stdout);
if (answer.metadata === undefined) {
  console.log(`not known: the registry answers no audits (${answer.statusCode ?? answer.error?.code ?? 'no status'})`);
} else {
  const holes = Object.values(answer.vulnerabilities);
  for (const { name, severity, range } of holes) console.log(`${name} ${range}: ${severity}`);
  console.log(`${answer.metadata.dependencies.prod} packages for users, ${holes.length} with known holes`);
  process.exitCode = holes.length === 0 ? 0 : 1;
}
