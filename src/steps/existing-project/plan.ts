import type { aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  duplicates,
  FLAG,
  type OptionTypes,
  readOptions,
  resourceWith,
  TEXT_RECORD,
  TEXTS,
} from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { BUILD, type BuildPlanner } from '../step-planner';
import { variablesConfiguration } from '../build/build-variables';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import type { StepOptions } from '../pipeline-step';
import { artifactName, type StepContext } from '../step-context';
import { validateExports, validateOutputNames, validateVariableNames } from '../validate-names';

/** Options of {@link BuildStep.project}. */
export interface ExistingProjectOptions extends StepOptions {
  /**
   * The project runs the batch that its buildspec describes. It needs a batch configuration with a role of its own.
   *
   * @default false
   */
  readonly batch?: boolean;

  /**
   * Environment variables that go before those of the project. They stand in the template as they are: never put a
   * secret here. Ids and digests of earlier steps are filled in at each run.
   *
   * @default - those of the project
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * The variables under `exported-variables` in its buildspec that later steps may use, as `step.variable('NAME')`.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Its buildspec has `artifacts`, for later steps.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;

  /**
   * Names of further artifacts. Its buildspec must list them below `secondary-artifacts` as `<step>_<name>`, and the
   * artifact of the step itself as `<step>`.
   *
   * @default - none
   */
  readonly outputNames?: string[];
}

/** Describes a build in a project that exists. */
export interface ExistingProjectSpec extends ActionSpec {
  readonly kind: 'project';
  readonly project: codebuild.IProject;
  readonly batch: boolean;
}

const PROJECT = resourceWith('projectName', 'a project of CodeBuild');

const OPTIONS: OptionTypes<ExistingProjectOptions> = {
  ...STEP_OPTIONS,
  batch: FLAG,
  environmentVariables: TEXT_RECORD,
  exportedVariables: TEXTS,
  producesArtifact: FLAG,
  outputNames: TEXTS,
};

/** Plans a build in a project that exists. */
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
      configuration: {
        ...(step.inputs.length > 1 && { PrimarySource: step.inputs[0] }),
        ...variablesConfiguration(environmentVariables),
        ...(batch && { BatchEnabled: 'true', ...(outputs.length > 0 && { CombineArtifacts: 'true' }) }),
      },
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
  for (const name of duplicates(outputNames)) outputs.add('name every output once', name, 'remove one of them');
}
