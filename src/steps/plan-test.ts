import type { InspectorScanPlan, LambdaPlan, StateMachinePlan } from './test-specs';
import type { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import { BuildCompute, BuildSize } from './build/build-compute';
import { planBuild } from './build/plan';
import { shellRequest } from './build/shell-build';
import type { BuiltImage } from './built-image';
import { pullCommands } from './ecr-commands';
import type {
  DockerImageTestOptions,
  ImageScanOptions,
  InspectorScanOptions,
  LambdaTestOptions,
  StepFunctionTestOptions,
} from './test-options';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { namespaceOf } from '../pipeline/variables';
import type { StepOptions } from './pipeline-step';
import { commonStepFields, definedNames, inNamespacesOf, mapValues } from './common-step-fields';
import { artifactName, type StepContext } from './step-context';

/** A scan of the input, or of an image. */
export function planInspectorScan(
  stepName: string,
  options: InspectorScanOptions,
  context: StepContext,
  image?: { readonly repository: ecr.IRepository; readonly imageTag: string },
): StepPlan {
  const { maxCritical = 0, maxHigh = 0 } = options;
  return planScan(stepName, options, context, { limits: limitsOf({ ...options, maxCritical, maxHigh }), image });
}

/** How many findings pass, as the action is told. */
const limitsOf = ({ maxCritical, maxHigh, maxMedium, maxLow }: InspectorScanOptions) =>
  Object.fromEntries(
    Object.entries({
      CriticalThreshold: maxCritical,
      HighThreshold: maxHigh,
      MediumThreshold: maxMedium,
      LowThreshold: maxLow,
    }).flatMap(([key, count]) => (count === undefined ? [] : [[key, String(count)]])),
  );

interface ScanRequest {
  readonly limits: Readonly<Record<string, string>>;
  readonly image?: { readonly repository: ecr.IRepository; readonly imageTag: string };
}

function planScan(
  stepName: string,
  options: StepOptions,
  context: StepContext,
  { limits, image }: ScanRequest,
): StepPlan<InspectorScanPlan> {
  const place = commonStepFields(stepName, options, context);
  return {
    ...place,
    provider: 'inspectorScan',
    outputs: [place.name],
    namespace: namespaceOf(place.name),
    configuration: {
      InspectorRunMode: image ? 'ECRImageScan' : 'SourceCodeScan',
      ...(image && { ImageTag: image.imageTag }),
      ...limits,
    },
    spec: { kind: 'inspector-scan', repository: image?.repository },
  };
}

/**
 * A scan of each image that a step has pushed, the first being the main one: an index of several platforms is none itself. What only some names say
 * (a tag that is always the same) is no variable, so it is said that they follow.
 */
export function planImageScans(
  stepName: string,
  image: BuiltImage,
  options: ImageScanOptions,
  context: StepContext,
): StepPlan[] {
  const { maxCritical = 0, maxHigh, maxMedium, maxLow, after } = options;
  return image.parts.map(({ name: part, tag }, i) => {
    const name = i === 0 ? stepName : `${stepName}-${part}`;
    const limits = limitsOf({ maxCritical, maxHigh, maxMedium, maxLow });
    const plan = planScan(name, { inputs: [], after }, context, {
      limits,
      image: { repository: image.repository, imageTag: tag },
    });
    return {
      ...plan,
      follows: [image.step],
      ...(i > 0 && { outputs: [artifactName(commonStepFields(stepName, {}, context).name, part!)] }),
    };
  });
}

/** Commands that try an image out, which Docker has pulled. */
export function planImageTest(
  stepName: string,
  image: BuiltImage,
  commands: readonly string[],
  options: DockerImageTestOptions,
  context: StepContext,
): StepPlan {
  const machine = BuildCompute.x86(BuildSize.SMALL);
  // An index has an image for every machine.
  const compute = options.compute ?? (image.parts.length > 1 ? machine : machine._on(image.parts[0].architecture));
  const { phases, ...request } = shellRequest(commands, { ...options, compute });
  return planBuild(
    {
      ...request,
      provider: 'codeBuildTest',
      stepName,
      phases: { ...phases, build: [{ commands: pullCommands() }, ...phases.build] },
      more: { docker: true, pullsFrom: image.repository, environmentVariables: { IMAGE_DIGEST: image.digest } },
    },
    context,
  );
}

/** A function that is called. */
export function planLambda(
  stepName: string,
  testFunction: lambda.IFunction,
  options: LambdaTestOptions,
  context: StepContext,
): StepPlan<LambdaPlan> {
  const place = commonStepFields(stepName, { ...options, inputs: options.inputs ?? [] }, context);
  const given = options.parameters ?? {};
  const parameters = mapValues(given, inNamespacesOf(context));
  return {
    ...place,
    provider: 'lambdaInvoke',
    outputs: options.makesArtifact ? [place.name] : [],
    namespace: namespaceOf(place.name),
    exports: options.exportedVariables,
    configuration: Object.keys(given).length > 0 ? { UserParameters: JSON.stringify(given) } : {},
    propNames: { UserParameters: 'parameters' },
    definedNames: definedNames('parameters', given),
    spec: { kind: 'lambda', function: testFunction, parameters },
  };
}

/** A state machine that is started. */
export function planStateMachine(
  stepName: string,
  stateMachine: stepfunctions.IStateMachine,
  { input, ...options }: StepFunctionTestOptions,
  context: StepContext,
): StepPlan<StateMachinePlan> {
  const given = input?._input;
  const place = commonStepFields(
    stepName,
    { ...options, inputs: given?.kind === 'file' ? [given.artifact] : [] },
    context,
  );
  const file = given?.kind === 'file' ? given.path : undefined;
  const literal = given?.kind === 'literal' ? given.value : undefined;
  const substituted =
    literal && (JSON.parse(inNamespacesOf(context)(JSON.stringify(literal))) as Record<string, unknown>);
  return {
    ...place,
    provider: 'stepFunctions',
    outputs: options.makesArtifact ? [place.name] : [],
    namespace: namespaceOf(place.name),
    configuration:
      file !== undefined
        ? { InputType: 'FilePath', Input: file }
        : literal !== undefined
          ? { InputType: 'Literal', Input: JSON.stringify(literal) }
          : {},
    propNames: { Input: 'input' },
    definedNames: definedNames('input', literal ?? {}),
    spec: { kind: 'state-machine', stateMachine, ...(file === undefined && { input: substituted ?? {} }) },
  };
}
