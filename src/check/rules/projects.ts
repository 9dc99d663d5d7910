import { type Build, buildsOf } from './build-specs';
import { isKnown } from './declaration';
import { BUILD_GUIDE, type ServiceRule } from './service-rule';
import type { Violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import { BUILD_LIMITS } from '../../aws/limits';
import { commandsOf } from '../calls/builds/build-spec';
import { notSetFor } from '../../common/rules';

const BUILD_API = 'https://docs.aws.amazon.com/codebuild/latest/APIReference';

/** The images that CodeBuild provides. */
const CURATED_IMAGE = /^aws\/codebuild\//;

/** Rules for the settings of build projects. */
export const PROJECT_RULES: readonly ServiceRule[] = [
  // The page of the artifacts excludes the type, that of the sources does not, but the service does.
  secondaryRule('SecondarySourceType', 'warning', 'SecondarySources', 'API_ProjectSource'),
  secondaryRule('SecondaryArtifactsType', 'error', 'SecondaryArtifacts', 'API_ProjectArtifacts'),
  projectRule('BuildStatusReport', {
    summary: 'A project in a pipeline does not report its status to a source provider.',
    see: `${BUILD_API}/API_ProjectSource.html`,
    faultsOf: ({ project }) => {
      const { Type, ReportBuildStatus } = objectOf(project.properties.Source);
      if (Type !== 'CODEPIPELINE' || textOf(ReportBuildStatus) !== 'true') return [];
      return [
        {
          path: 'Source.ReportBuildStatus',
          must: 'not be true for the source type CODEPIPELINE',
          got: ReportBuildStatus,
          fix: 'remove it',
        },
      ];
    },
  }),
  projectRule('BuildEncryptionDisabled', {
    summary: 'The encryption of artifacts is not disabled in a pipeline.',
    see: `${BUILD_API}/API_ProjectArtifacts.html`,
    faultsOf: ({ project }) => {
      const { Type, EncryptionDisabled } = objectOf(project.properties.Artifacts);
      if (Type !== 'CODEPIPELINE' || textOf(EncryptionDisabled) !== 'true') return [];
      return [
        {
          path: 'Artifacts.EncryptionDisabled',
          must: 'not be true for the artifacts type CODEPIPELINE',
          got: EncryptionDisabled,
          fix: 'remove it',
        },
      ];
    },
  }),
  projectRule('BuildImageCredentials', {
    summary: 'An image of CodeBuild is not pulled with the service role of the project.',
    see: `${BUILD_API}/API_ProjectEnvironment.html`,
    faultsOf: ({ project }) => {
      const { Image, ImagePullCredentialsType } = objectOf(project.properties.Environment);
      if (!CURATED_IMAGE.test(textOf(Image)) || ImagePullCredentialsType !== 'SERVICE_ROLE') return [];
      return [
        {
          path: 'Environment.ImagePullCredentialsType',
          must: 'be CODEBUILD for an image of CodeBuild',
          got: ImagePullCredentialsType,
          fix: 'remove it',
        },
      ];
    },
  }),
  projectRule('BuildComputeType', {
    summary: 'The compute types of Lambda are used by environments on Lambda, and only by these.',
    see: `${BUILD_API}/API_ProjectEnvironment.html`,
    faultsOf: ({ project }) => {
      const { Type, ComputeType } = objectOf(project.properties.Environment);
      if (!isKnown(Type) || !isKnown(ComputeType) || textOf(Type) === '' || textOf(ComputeType) === '') return [];
      const isLambda = /_LAMBDA_CONTAINER$/.test(textOf(Type));
      if (textOf(ComputeType).startsWith('BUILD_LAMBDA_') === isLambda) return [];
      return [
        {
          path: 'Environment.ComputeType',
          must: `be ${isLambda ? 'a BUILD_LAMBDA type' : 'a BUILD_GENERAL1 type'} for ${textOf(Type)}`,
          got: ComputeType,
          fix: 'choose a compute type of the environment, or another environment',
        },
      ];
    },
  }),
  projectRule('LambdaBuildLimits', {
    summary: 'A build on Lambda has no VPC, no cache and no privileged mode.',
    see: `${BUILD_GUIDE}/lambda.html`,
    faultsOf: ({ project: { properties } }) => {
      const { Type, PrivilegedMode } = objectOf(properties.Environment);
      if (!/_LAMBDA_CONTAINER$/.test(textOf(Type))) return [];
      const cache = objectOf(properties.Cache).Type;
      return [
        { path: 'VpcConfig', got: properties.VpcConfig, isSet: properties.VpcConfig !== undefined },
        { path: 'Cache', got: cache, isSet: cache !== undefined && isKnown(cache) && cache !== 'NO_CACHE' },
        { path: 'Environment.PrivilegedMode', got: PrivilegedMode, isSet: textOf(PrivilegedMode) === 'true' },
      ]
        .filter(({ isSet }) => isSet)
        .map(({ path, got }) => ({
          path,
          must: notSetFor(textOf(Type)),
          got,
          fix: 'remove it, or use LINUX_CONTAINER or ARM_CONTAINER',
        }));
    },
  }),
  timeoutRule('BuildTimeout', 'TimeoutInMinutes', BUILD_LIMITS.timeoutMinutes),
  timeoutRule('BuildQueuedTimeout', 'QueuedTimeoutInMinutes', BUILD_LIMITS.queuedTimeoutMinutes),
  projectRule('DockerPrivileges', {
    severity: 'warning',
    summary: 'A build that uses Docker in a VPC has the privileged mode.',
    see: `${BUILD_API}/API_ProjectEnvironment.html`,
    faultsOf: ({ project: { properties }, spec }) => {
      const { Type, PrivilegedMode, Fleet } = objectOf(properties.Environment);
      const isContainer = /^(LINUX|ARM|LINUX_GPU)_CONTAINER$/.test(textOf(Type));
      const usesDocker =
        spec !== undefined && commandsOf(spec).some((command) => /^\s*docker (build|run|buildx)\b/m.test(command));
      if (!isContainer || !usesDocker || properties.VpcConfig === undefined || Fleet !== undefined) return [];
      if (!isKnown(PrivilegedMode) || textOf(PrivilegedMode) === 'true') return [];
      return [
        {
          path: 'Environment.PrivilegedMode',
          must: 'be true, because the build uses Docker in a VPC',
          got: PrivilegedMode,
          fix: 'set PrivilegedMode: true',
        },
      ];
    },
  }),
  projectRule('BuildVariableUnique', {
    severity: 'warning',
    summary: 'The environment variables of a project have different names, which do not begin with CODEBUILD_.',
    see: `${BUILD_GUIDE}/build-spec-ref.html`,
    faultsOf: ({ project }) => {
      const variables = listOf(objectOf(project.properties.Environment).EnvironmentVariables).map((variable) =>
        textOf(objectOf(variable).Name),
      );
      return variables
        .map((name, index) => ({ name, index }))
        .filter(({ name }) => name !== '' && isKnown(name))
        .filter(({ name, index }) => variables.indexOf(name) < index || name.startsWith('CODEBUILD_'))
        .map(({ name, index }) => ({
          path: `Environment.EnvironmentVariables[${index}].Name`,
          must: 'be unique and not begin with CODEBUILD_, which CodeBuild reserves',
          got: name,
          fix: 'rename the variable',
        }));
    },
  }),
];

type ProjectFault = Pick<Violation, 'path' | 'must' | 'got' | 'fix'>;

interface ProjectRule extends Pick<ServiceRule, 'summary' | 'see'> {
  readonly severity?: ServiceRule['severity'];
  readonly faultsOf: (build: Build) => readonly ProjectFault[];
}

/** Returns a rule for the project of each build. */
function projectRule(id: string, { severity = 'error', summary, see, faultsOf }: ProjectRule): ServiceRule {
  return {
    id,
    severity,
    summary,
    see,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model).flatMap((build) => {
        const { action, project } = build;
        return faultsOf(build).map((fault) => ({
          stage: action.stageName,
          action: action.name,
          resource: project,
          ...fault,
        }));
      }),
  };
}

function secondaryRule(id: string, severity: ServiceRule['severity'], property: string, page: string): ServiceRule {
  return projectRule(id, {
    severity,
    summary: `The type of ${property} of a build project is not CODEPIPELINE.`,
    see: `${BUILD_API}/${page}.html`,
    faultsOf: ({ project }) =>
      listOf(project.properties[property])
        .map((item, index) => ({ type: objectOf(item).Type, index }))
        .filter(({ type }) => type === 'CODEPIPELINE')
        .map(({ type, index }) => ({
          path: `${property}[${index}].Type`,
          must: 'not be CODEPIPELINE, because a pipeline adds its artifacts without it',
          got: type,
          fix: `remove ${property}`,
        })),
  });
}

function timeoutRule(id: string, property: string, { min, max }: { readonly min: number; readonly max: number }) {
  return projectRule(id, {
    summary: `${property} of a build project is ${min} to ${max} minutes.`,
    see: `${BUILD_GUIDE}/limits.html`,
    faultsOf: ({ project }) => {
      const got = project.properties[property];
      if (got === undefined || !isKnown(got) || (Number(got) >= min && Number(got) <= max)) return [];
      return [{ path: property, must: `be ${min} to ${max}`, got, fix: 'change the timeout' }];
    },
  });
}
