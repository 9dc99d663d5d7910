import { CDK_PIPELINES_DEFECTS } from './cdk-pipelines';
import { L2_DEFECTS } from './l2';
import { OUR_DEFECTS } from './ours';
import { type Defect, PlantedAssembly } from './template';
import { plainAssembly } from '../../../evidence/plain-assembly';
import { SOMEWHERE, synthesized } from '../../../helpers/synthesized';
import { ALL_VARIANTS } from '../../../laws/all-variants';

/** The defects of each kind of templates. */
export const DEFECTS: Readonly<Record<string, readonly Defect[]>> = {
  'this library': OUR_DEFECTS,
  'aws-codepipeline': L2_DEFECTS,
  'CDK Pipelines': CDK_PIPELINES_DEFECTS,
};

/** Returns an assembly without a defect. */
export function baseAssembly(base: string): PlantedAssembly {
  return new PlantedAssembly(
    base in ALL_VARIANTS ? synthesized(base, ALL_VARIANTS[base], SOMEWHERE).directory : plainAssembly(base),
  );
}

/** Returns an assembly with a defect. */
export function planted({ base, plant }: Defect): PlantedAssembly {
  const assembly = baseAssembly(base);
  plant(assembly);
  return assembly;
}
