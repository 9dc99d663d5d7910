import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { compact, definedValues } from '../../common/compact';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import { Problems } from '../../pipeline/problems';
import { FLAG, type OptionTypes, readOptions, TEXT, TEXTS } from '../../pipeline/read-options';
import { namespaceOf, variableOf } from '../../pipeline/variables';
import type { BuildPlanner } from '../step-planner';
import { type BuiltImage, IMAGE, pushedImage, REPOSITORY, validateTags } from '../built-image';
import { planCommands, type CommandsSpec } from '../commands/plan';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import { describeCommands } from '../ecr-commands';
import type { StepOptions } from '../pipeline-step';
import type { StepContext } from '../step-context';
import { validateFolder } from '../validate-names';

/** Options of {@link BuildStep.ecrBuildAndPublish}. */
export interface EcrBuildAndPublishOptions extends StepOptions {
  /**
   * Folder of the Dockerfile, relative to the root of the input.
   *
   * @default - the root
   */
  readonly dockerfileDirectory?: string;

  /**
   * Tags of the image: each consists of 1 to 128 letters, digits, `_`, `.` and `-`, or is a variable that contains an
   * id, such as `source.variable('CommitId')`.
   *
   * @default ['latest']
   */
  readonly tags?: string[];

  /**
   * Produces an artifact with `imageDetail.json`, as the ECR source does, so that the image can be deployed by its
   * digest. A second action, `<step>-Detail`, creates it on managed compute of CodePipeline. The artifact has the name
   * of that action.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;
}

/** Describes an image that CodePipeline builds and pushes. */
export interface EcrBuildAndPublishSpec extends ActionSpec {
  readonly kind: 'image';
  readonly repository: ecr.IRepository;
}

const OPTIONS: OptionTypes<EcrBuildAndPublishOptions> = {
  ...STEP_OPTIONS,
  dockerfileDirectory: TEXT,
  tags: TEXTS,
  producesArtifact: FLAG,
};

/** Plans an image that CodePipeline builds and pushes, and a second action that describes the image if requested. */
export class EcrImageBuild implements BuildPlanner {
  public readonly stepName: string;
  public readonly artifactName?: string;
  public readonly image: BuiltImage;

  public constructor(
    private readonly repository: ecr.IRepository,
    private readonly options: EcrBuildAndPublishOptions,
  ) {
    const { producesArtifact, tags = ['latest'] } = readOptions(options, OPTIONS, new Problems());
    const stepName = options?.stepName ?? IMAGE;
    // Name of the action that describes the image, and of its artifact.
    const detail = `${stepName}-Detail`;
    this.stepName = stepName;
    this.artifactName = producesArtifact ? detail : undefined;
    this.image = {
      step: stepName,
      artifact: detail,
      repository,
      tag: tags[0],
      tags,
      digest: variableOf(stepName, 'ECRImageDigestId'),
      parts: [{ architecture: 'x86', tag: tags[0] }],
    };
  }

  public plan(context: StepContext): StepPlan[] {
    const { problems } = context;
    const options = readOptions(this.options, OPTIONS, problems);
    const { dockerfileDirectory, tags } = options;
    if (dockerfileDirectory !== undefined) validateFolder(dockerfileDirectory, problems.at('dockerfileDirectory'));
    validateTags(tags, problems.at('tags'));
    if (!REPOSITORY(this.repository, problems.at('repository'))) return [];
    const step = commonStepFields(this.stepName, options, context);
    const publish: StepPlan<EcrBuildAndPublishSpec> = {
      ...step,
      provider: 'ecrBuildAndPublish',
      outputs: [],
      namespace: namespaceOf(step.name),
      configuration: definedValues({ DockerFilePath: dockerfileDirectory, ImageTags: tags?.join(',') }),
      propNames: { DockerFilePath: 'dockerfileDirectory', ImageTags: 'tags' },
      spec: { kind: 'image', repository: this.repository },
    };
    return compact([publish, options.producesArtifact && this.planDetail(options, context)]);
  }

  /** Plans the commands that describe the image. */
  private planDetail({ inputs }: EcrBuildAndPublishOptions, context: StepContext): StepPlan<CommandsSpec> {
    const { repository, image } = this;
    const environmentVariables = { IMAGE_DIGEST: image.digest };
    const plan = planCommands(image.artifact, describeCommands(), { inputs, environmentVariables }, context);
    return {
      ...plan,
      outputs: [image.artifact],
      files: ['imageDetail.json'],
      image: pushedImage(image),
      spec: { ...plan.spec, describes: repository },
    };
  }
}
