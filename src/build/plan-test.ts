import type { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import type { InspectorScanOptions, LambdaTestOptions, StepFunctionTestOptions } from './test-options';
import type { StepPlan } from '../plan/pipeline-plan';
import { namespaceOf } from '../plan/variables';
import { placeOf } from '../step/place';
import type { StepContext } from '../step/step-context';

/** A scan of the input, or of an image. */
export function planInspectorScan(
  stepName: string, options: InspectorScanOptions, context: StepContext, image?: { readonly repository: ecr.IRepository; readonly imageTag: string },
): StepPlan {
  const place = placeOf(stepName, options, context);
  const limits = {
    CriticalThreshold: options.maxCritical ?? 0,
    HighThreshold: options.maxHigh ?? 0,
    MediumThreshold: options.maxMedium,
    LowThreshold: options.maxLow,
  };
  return {
    ...place,
    provider: 'inspectorScan',
    outputs: [place.name],
    namespace: namespaceOf(place.name),
    configuration: {
      InspectorRunMode: image ? 'ECRImageScan' : 'SourceCodeScan',
      ...image && { ImageTag: image.imageTag },
      ...Object.fromEntries(Object.entries(limits).flatMap(([key, count]) => count === undefined ? [] : [[key, String(count)]])),
    },
    work: { kind: 'inspector-scan', repository: image?.repository },
  };
}

/** A function that is called. */
export function planLambda(stepName: string, testFunction: lambda.IFunction, options: LambdaTestOptions, context: StepContext): StepPlan {
  const place = placeOf(stepName, { ...options, inputs: options.inputs ?? [] }, context);
  const parameters = options.parameters ?? {};
  return {
    ...place,
    provider: 'lambdaInvoke',
    outputs: options.makesArtifact ? [place.name] : [],
    namespace: namespaceOf(place.name),
    exports: options.exportedVariables,
    configuration: Object.keys(parameters).length > 0 ? { UserParameters: JSON.stringify(parameters) } : {},
    work: { kind: 'lambda', function: testFunction, parameters },
  };
}

/** A state machine that is started. */
export function planStateMachine(
  stepName: string, stateMachine: stepfunctions.IStateMachine, { input, ...options }: StepFunctionTestOptions, context: StepContext,
): StepPlan {
  const given = input?._input;
  const place = placeOf(stepName, { ...options, inputs: given?.kind === 'file' ? [given.artifact] : [] }, context);
  const file = given?.kind === 'file' ? given.path : undefined;
  const literal = given?.kind === 'literal' ? given.value : undefined;
  return {
    ...place,
    provider: 'stepFunctions',
    outputs: options.makesArtifact ? [place.name] : [],
    namespace: namespaceOf(place.name),
    configuration: file !== undefined ? { InputType: 'FilePath', Input: file }
      : literal !== undefined ? { InputType: 'Literal', Input: JSON.stringify(literal) } : {},
    work: { kind: 'state-machine', stateMachine, ...file === undefined && { input: literal ?? {} } },
  };
}
