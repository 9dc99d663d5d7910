import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { VARIANT_GROUPS } from './all-variants';
import { every } from '../helpers/every';
import { synthesized } from '../helpers/synthesized';

test.each(Object.entries(VARIANT_GROUPS))('synthesizes without a warning: %s', (_, variants) =>
  every(variants, (make, name) => {
    const { messages } = new CloudAssembly(synthesized(name, make).directory).getStackArtifact('Shop');
    const complaints = messages
      .filter(({ level }) => level !== 'info')
      // Services are in a stack of the user. A feature flag of the app decides how strongly stacks refer to each other.
      .filter(
        ({ level, entry: { data } }) =>
          level === 'error' || !/^No cross-stack-reference strength configured/.test(String(data)),
      );
    expect(complaints).toEqual([]);
  }),
);
