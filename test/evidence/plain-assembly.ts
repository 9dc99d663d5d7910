import { join } from 'node:path';
import { PLAIN_PIPELINES } from './plain';
import { sharedFolder } from '../helpers/shared-folder';

/** The cloud assembly of one of `PLAIN_PIPELINES`, which is synthesized once per run of jest. Tests only read it. */
export function plainAssembly(name: string) {
  return join(
    sharedFolder(`plain/${name}`, (outdir) => void PLAIN_PIPELINES[name](join(outdir, 'cdk.out'))),
    'cdk.out',
  );
}
