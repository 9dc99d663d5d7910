import type { aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { FLAG, type OptionTypes, readOptions, resourceWith, TEXT_RECORD, TEXTS } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { BUILD, type BuildPlanner } from '../step-planner';
import { codeBuildConfiguration } from '../build/build-variables';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import type { StepOptions } from '../pipeline-step';
import { artifactName, type StepContext } from '../step-context';
import { validateExports, validateOutputNames, validateUnique, validateVariableNames } from '../validate-names';

/** Options of {@link BuildStep.project}. */
export interface ExistingProjectOptions extends StepOptions {
  /**
   * Runs the batch that the buildspec of the project defines. The project needs a batch configuration with a service
   * role.
   *
   * @default false
   */
  readonly batch?: boolean;

  /**
   * Environment variables that override those of the project. They are stored in the template in plain text: never put
   * a secret here. Ids and digests of earlier steps are substituted in each execution.
   *
   * @default - only the variables of the project
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Variables that the buildspec lists under `exported-variables`, and that later steps can use as
   * `step.variable('NAME')`.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Produces an artifact for later steps: the buildspec of the project defines `artifacts`.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;

  /**
   * Names of additional artifacts. The buildspec must list each under `secondary-artifacts` as `<step>_<name>`, and the
   * main artifact as `<step>`.
   *
   * @default - none
   */
  readonly outputNames?: string[];
}

/** Describes a build in an existing project. */
export interface ExistingProjectSpec extends ActionSpec {
  readonly kind: 'project';
  readonly project: codebuild.IProject;
  readonly batch: boolean;
}

const PROJECT = resourceWith('projectName', 'a CodeBuild project');

const OPTIONS: OptionTypes<ExistingProjectOptions> = {
  ...STEP_OPTIONS,
  batch: FLAG,
  environmentVariables: TEXT_RECORD,
  exportedVariables: TEXTS,
  producesArtifact: FLAG,
  outputNames: TEXTS,
};

/** Plans a build in an existing project. */
export class ExistingProjectBuild implements BuildPlanner {
  public readonly stepName: string;
  public readonly exportedVariables?: readonly string[];

  public constructor(
    private readonly project: codebuild.IProject,
    private readonly options: ExistingProjectOptions,
  ) {
    this.stepName = options?.stepName ?? BUILD;
    this.exportedVariables = options?.exportedVariables;
  }

  public plan(context: StepContext): Array<StepPlan<ExistingProjectSpec>> {
    const { project, stepName } = this;
    const { problems } = context;
    const options = readOptions(this.options, OPTIONS, problems);
    const { batch = false, producesArtifact = false, outputNames = [], environmentVariables = {} } = options;
    validate(options, problems);
    if (!PROJECT(project, problems.at('project'))) return [];
    const step = commonStepFields(stepName, options, context);
    const outputs = outputNames.map((name) => artifactName(step.name, name));
    if (producesArtifact) outputs.unshift(step.name);
    const plan: StepPlan<ExistingProjectSpec> = {
      ...step,
      provider: 'codeBuild',
      outputs,
      namespace: namespaceOf(step.name),
      exports: options.exportedVariables ?? [],
      configuration: codeBuildConfiguration({ inputs: step.inputs, outputs, values: environmentVariables, batch }),
      propNames: { EnvironmentVariables: 'environmentVariables', PrimarySource: 'inputs' },
      readsFullClone: true,
      spec: { kind: 'project', project, batch },
    };
    return [plan];
  }
}

function validate(
  { environmentVariables = {}, exportedVariables = [], outputNames = [] }: ExistingProjectOptions,
  problems: Problems,
): void {
  validateVariableNames({ environmentVariables: Object.keys(environmentVariables) }, problems);
  validateExports(exportedVariables, [], problems.at('exportedVariables'));
  const outputs = problems.at('outputNames');
  validateOutputNames(outputNames, outputs);
  validateUnique(outputNames, outputs);
}
