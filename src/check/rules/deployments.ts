import { type ActionDeclaration, deployActions, isKnown, mayPrecede } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { isObject, listOf, objectOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';

const CLOUD_FORMATION = `${GUIDE}/action-reference-CloudFormation.html`;
const S3 = `${GUIDE}/action-reference-S3Deploy.html`;
const EKS = `${GUIDE}/action-reference-EKS.html`;
const EC2 = `${GUIDE}/action-reference-EC2Deploy.html`;
const LAMBDA = `${GUIDE}/action-reference-LambdaDeploy.html`;
const STACK_SETS = `${GUIDE}/action-reference-StackSets.html`;

/** The keys that each mode of a CloudFormation action requires. */
const MODE_KEYS: Readonly<Record<string, readonly string[]>> = {
  CREATE_UPDATE: ['TemplatePath', 'RoleArn'],
  REPLACE_ON_FAILURE: ['TemplatePath', 'RoleArn'],
  CHANGE_SET_REPLACE: ['ChangeSetName', 'TemplatePath', 'RoleArn'],
  CHANGE_SET_EXECUTE: ['ChangeSetName'],
  DELETE_ONLY: ['RoleArn'],
};

/** Keys that are paths in an input artifact, in the form `Artifact::path`. */
const PATH_KEYS = ['TemplatePath', 'TemplateConfiguration'];

const MAX_LAMBDA_ALARMS = 10;

/** Rules for deploy actions and for the resources that they deploy to. */
export const DEPLOYMENT_RULES: readonly ServiceRule[] = [
  {
    id: 'CloudFormationModeKeys',
    severity: 'error',
    summary: 'The configuration of a CloudFormation action contains the keys that its mode requires.',
    see: CLOUD_FORMATION,
    violations: (pipeline) =>
      deployActions(pipeline, 'CloudFormation').flatMap((action) => {
        const mode = textOf(action.configuration.ActionMode);
        return (MODE_KEYS[mode] ?? [])
          .filter((key) => action.configuration[key] === undefined)
          .map((key) => missing(action, key, `be set for ActionMode ${mode}`));
      }),
  },
  {
    id: 'TemplateArtifact',
    severity: 'error',
    summary: 'A template path has the form Artifact::path, with an input artifact of the action.',
    see: CLOUD_FORMATION,
    violations: (pipeline) =>
      [...deployActions(pipeline, 'CloudFormation'), ...deployActions(pipeline, 'CloudFormationStackSet')].flatMap(
        (action) =>
          PATH_KEYS.map((key) => ({ key, text: textOf(action.configuration[key]) }))
            .filter(({ text }) => text !== '' && !hasUnknown(text) && action.inputs.every(isKnown))
            .filter(({ text }) => !isArtifactPath(text, action.inputs))
            .map(({ key, text }) =>
              violation(action, `Configuration.${key}`, {
                must: 'have the form Artifact::path, with an input artifact of the action',
                got: text,
                fix:
                  action.inputs.length > 0 ? `write ${action.inputs[0]}::<path>` : 'add the artifact to InputArtifacts',
              }),
            ),
      ),
  },
  {
    id: 'ParameterArtifact',
    severity: 'error',
    summary: 'Fn::GetArtifactAtt and Fn::GetParam in ParameterOverrides name an input artifact of the action.',
    see: CLOUD_FORMATION,
    violations: (pipeline) =>
      deployActions(pipeline, 'CloudFormation').flatMap((action) =>
        artifactReferences(textOf(action.configuration.ParameterOverrides))
          .filter((name) => action.inputs.every(isKnown) && !action.inputs.includes(name))
          .map((name) =>
            violation(action, 'Configuration.ParameterOverrides', {
              must: 'name input artifacts of the action',
              got: name,
              fix: 'add the artifact to InputArtifacts',
            }),
          ),
      ),
  },
  {
    id: 'ParameterOverridesForm',
    severity: 'error',
    summary: 'ParameterOverrides is a JSON object with the names of parameters as keys.',
    see: CLOUD_FORMATION,
    violations: (pipeline) =>
      deployActions(pipeline, 'CloudFormation')
        .map((action) => ({ action, value: action.configuration.ParameterOverrides }))
        .filter(({ value }) => typeof value === 'string' && isKnown(value) && isOtherJson(value))
        .map(({ action, value }) =>
          violation(action, 'Configuration.ParameterOverrides', {
            must: 'be a JSON object with the names of parameters as keys',
            got: value,
            fix: 'write {"Stage":"test"}',
          }),
        ),
  },
  {
    id: 'OutputFileArtifact',
    severity: 'error',
    summary: 'OutputFileName requires an output artifact.',
    see: CLOUD_FORMATION,
    violations: (pipeline) =>
      deployActions(pipeline, 'CloudFormation')
        .filter(
          ({ configuration, properties }) =>
            configuration.OutputFileName !== undefined && isKnown(properties.OutputArtifacts),
        )
        .filter(({ outputs }) => outputs.length === 0)
        .map((action) =>
          violation(action, 'OutputArtifacts', {
            must: 'contain an artifact for OutputFileName',
            fix: 'add an artifact, or remove OutputFileName',
          }),
        ),
  },
  {
    id: 'ExecuteBeforePrepare',
    severity: 'error',
    summary: 'A change set is executed after the action that prepares it.',
    see: CLOUD_FORMATION,
    violations: (pipeline) => {
      const actions = deployActions(pipeline, 'CloudFormation');
      return actions
        .filter(({ configuration }) => configuration.ActionMode === 'CHANGE_SET_EXECUTE')
        .flatMap((execute) => {
          const prepares = actions.filter(
            ({ configuration }) =>
              configuration.ActionMode === 'CHANGE_SET_REPLACE' &&
              isSameChangeSet(configuration, execute.configuration),
          );
          if (prepares.length === 0 || prepares.some((prepare) => mayPrecede(prepare, execute))) return [];
          return [
            violation(execute, 'RunOrder', {
              must: `be higher than that of ${prepares[0].name}, which prepares the change set`,
              got: execute.properties.RunOrder ?? 1,
              fix: 'increase the RunOrder, or move the action to a later stage',
            }),
          ];
        });
    },
  },
  {
    id: 'ExtractObjectKey',
    severity: 'error',
    summary: 'An S3 deployment that does not extract the artifact has an object key.',
    see: S3,
    violations: (pipeline) =>
      deployActions(pipeline, 'S3')
        .filter(
          ({ configuration }) => textOf(configuration.Extract) === 'false' && configuration.ObjectKey === undefined,
        )
        .map((action) => missing(action, 'ObjectKey', 'be set if Extract is false')),
  },
  {
    id: 'DeployBucketAcl',
    severity: 'error',
    summary: 'A deployment sets no canned ACL for a bucket that enforces the ownership of its owner.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
    violations: (pipeline, model) =>
      deployActions(pipeline, 'S3')
        .filter(({ configuration: { CannedACL } }) => CannedACL !== undefined && isKnown(CannedACL))
        .filter(({ configuration: { CannedACL } }) => CannedACL !== 'bucket-owner-full-control')
        .flatMap((action) => {
          const { partition } = pipeline.resource.stack;
          const bucket = model.find(`arn:${partition}:s3:::${textOf(action.configuration.BucketName)}`);
          const [rule] = listOf(objectOf(bucket?.properties.OwnershipControls).Rules).map(objectOf);
          if (rule?.ObjectOwnership !== 'BucketOwnerEnforced') return [];
          return [
            violation(action, 'Configuration.CannedACL', {
              must: `not be set, because ${bucket!.logicalId} has ObjectOwnership BucketOwnerEnforced`,
              got: action.configuration.CannedACL,
              fix: 'remove it, and allow access with a bucket policy',
            }),
          ];
        }),
  },
  {
    id: 'EksDeployment',
    severity: 'error',
    summary: 'An EKS deployment has either manifests, or a Helm chart with a release name.',
    see: EKS,
    violations: (pipeline) =>
      deployActions(pipeline, 'EKS').flatMap((action) => {
        const { ManifestFiles, HelmReleaseName, HelmChartLocation } = action.configuration;
        const hasHelm = HelmReleaseName !== undefined && HelmChartLocation !== undefined;
        const hasPartOfHelm = HelmReleaseName !== undefined || HelmChartLocation !== undefined;
        if (ManifestFiles === undefined ? hasHelm : !hasPartOfHelm) return [];
        const must = 'contain either ManifestFiles, or HelmReleaseName and HelmChartLocation';
        return [violation(action, 'Configuration', { must, fix: 'add or remove keys' })];
      }),
  },
  {
    id: 'Ec2Deployment',
    severity: 'error',
    summary: 'An EC2 deployment has either a deploy spec, or a target directory and a script.',
    see: EC2,
    violations: (pipeline) =>
      deployActions(pipeline, 'EC2').flatMap(({ configuration, ...action }) => {
        const { DeploySpec, TargetDirectory, PostScript } = configuration;
        if (DeploySpec !== undefined || (TargetDirectory !== undefined && PostScript !== undefined)) return [];
        const must = 'contain either DeploySpec, or TargetDirectory and PostScript';
        return [violation(action, 'Configuration', { must, fix: 'add the missing keys' })];
      }),
  },
  {
    id: 'LambdaDeploymentInput',
    severity: 'error',
    summary: 'A Lambda deployment has an input artifact, or a published version.',
    see: LAMBDA,
    violations: (pipeline) =>
      deployActions(pipeline, 'Lambda')
        .filter(
          ({ inputs, configuration }) => inputs.length === 0 && configuration.PublishedTargetVersion === undefined,
        )
        .map((action) =>
          violation(action, 'InputArtifacts', {
            must: 'contain an artifact if PublishedTargetVersion is not set',
            fix: 'add the artifact with the code, or set PublishedTargetVersion',
          }),
        ),
  },
  {
    id: 'LambdaDeploymentAlias',
    severity: 'error',
    summary: 'A Lambda deployment with a strategy or a published version has an alias.',
    see: LAMBDA,
    violations: (pipeline) =>
      deployActions(pipeline, 'Lambda').flatMap((action) =>
        ['DeployStrategy', 'PublishedTargetVersion']
          .filter((key) => action.configuration[key] !== undefined && action.configuration.FunctionAlias === undefined)
          .map((key) => missing(action, 'FunctionAlias', `be set with ${key}`)),
      ),
  },
  {
    id: 'LambdaDeploymentAlarms',
    severity: 'error',
    summary: `A Lambda deployment has at most ${MAX_LAMBDA_ALARMS} alarms.`,
    see: LAMBDA,
    violations: (pipeline) =>
      deployActions(pipeline, 'Lambda')
        .map((action) => ({ action, count: textOf(action.configuration.Alarms).split(',').length }))
        .filter(({ count }) => count > MAX_LAMBDA_ALARMS)
        .map(({ action, count }) =>
          violation(action, 'Configuration.Alarms', {
            must: `name at most ${MAX_LAMBDA_ALARMS} alarms`,
            got: count,
            fix: 'use a composite alarm',
          }),
        ),
  },
  {
    id: 'StackSetTargets',
    severity: 'error',
    summary: 'A stack set action has both deployment targets and Regions, or neither.',
    see: STACK_SETS,
    violations: (pipeline) =>
      deployActions(pipeline, 'CloudFormationStackSet').flatMap((action) => {
        const keys = ['DeploymentTargets', 'Regions'];
        const absent = keys.filter((key) => action.configuration[key] === undefined);
        if (absent.length !== 1) return [];
        const [other] = keys.filter((key) => key !== absent[0]);
        return [missing(action, absent[0], `be set with ${other}`)];
      }),
  },
];

/** Returns whether text is JSON, but not an object. Another rule reports text that is not JSON. */
function isOtherJson(text: string): boolean {
  try {
    return !isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function missing(action: ActionDeclaration, key: string, must: string): Violation {
  return violation(action, `Configuration.${key}`, { must, fix: 'add it' });
}

function isArtifactPath(text: string, inputs: readonly string[]): boolean {
  const [artifact, path, ...more] = text.split('::');
  return more.length === 0 && path !== undefined && path !== '' && inputs.includes(artifact);
}

/** Returns the artifacts that the functions in parameters name. */
function artifactReferences(json: string): string[] {
  const names: string[] = [];

  function visit(value: unknown) {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const [artifact] = Array.isArray(item) ? (item as unknown[]) : [];
      if (['Fn::GetArtifactAtt', 'Fn::GetParam'].includes(key) && typeof artifact === 'string') names.push(artifact);
      else visit(item);
    }
  }

  try {
    visit(JSON.parse(json || '{}'));
  } catch {
    return []; // the rule for JSON reports it
  }
  return names.filter((name) => !hasUnknown(name) && !name.includes('#{'));
}

function isSameChangeSet(a: ActionDeclaration['configuration'], b: ActionDeclaration['configuration']) {
  return a.StackName === b.StackName && a.ChangeSetName === b.ChangeSetName;
}
