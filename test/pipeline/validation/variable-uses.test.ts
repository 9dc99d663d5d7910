import {
  aws_ecr as ecr,
  aws_lambda as lambda,
  aws_stepfunctions as stepfunctions,
  type Stack,
  Token,
} from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  PipelineSource,
  PipelineStage,
  type PipelineStep,
  PipelineTrigger,
  PipelineVariable,
  StateMachineInput,
  TestStep,
} from '../../../src';
import { complaints, delivery, type DeliveryOf, deliveryTemplate, source, stepsOf } from '../../helpers/delivery';
import { actionsOf, pipelineOf, resourcesOf } from '../../helpers/synth';

const UNSEEN = 'pass it in environmentVariables and use "$NAME" instead';
const FREE = 'must not contain variables with arbitrary values';
const note = new PipelineVariable('NOTE', { defaultValue: 'routine' });

function build(environmentVariables: { [name: string]: string }) {
  return stepsOf(() => [BuildStep.shell(['make'], { environmentVariables })]);
}

describe('in build projects', () => {
  function unseen(place: string, literal: string) {
    return [
      `'stages[0].steps[0].${place}' must not contain pipeline variables, because it belongs to a build project, ` +
        `got "${literal}"; ${UNSEEN}`,
    ];
  }

  test.each([
    ['#{Source-vars.CommitId}'],
    ['#{variables.NOTE}'],
    ['#{codepipeline.PipelineExecutionId}'],
    ['#{Forgotten-vars.X}'],
  ])('rejects %s in a command', (literal) => {
    expect(complaints(stepsOf(() => [BuildStep.shell([`echo "${literal}"`])]))).toEqual(unseen('commands[0]', literal));
    expect(complaints(stepsOf(() => [BuildStep.shell(['ls'], { installCommands: [literal] })]))).toEqual(
      unseen('installCommands[0]', literal),
    );
    expect(complaints(stepsOf(() => [BuildStep.shell(['ls'], { cachePaths: [literal] })]))).toEqual(
      unseen('cachePaths[0]', literal),
    );
  });

  test('accepts the syntax of other languages', () => {
    expect(complaints(stepsOf(() => [BuildStep.shell(['ruby -e \'puts "#{name} #{item.price} #{}"\''])]))).toEqual([]);
  });
});

describe('in actions', () => {
  test('pass IDs as environment variables of the action', () => {
    const template = deliveryTemplate(
      build({ COMMIT: source.variable('CommitId'), RUN: `run-${PipelineVariable.executionId()}`, MODE: 'fast' }),
    );
    expect(JSON.parse(actionsOf(template)[1].Configuration!.EnvironmentVariables as string)).toEqual([
      { name: 'COMMIT', value: '#{Source-vars.CommitId}', type: 'PLAINTEXT' },
      { name: 'RUN', value: 'run-#{codepipeline.PipelineExecutionId}', type: 'PLAINTEXT' },
    ]);
    const [[, project]] = resourcesOf(template, 'AWS::CodeBuild::Project');
    expect((project.Properties.Environment as { EnvironmentVariables: unknown }).EnvironmentVariables).toEqual([
      { Name: 'MODE', Type: 'PLAINTEXT', Value: 'fast' },
    ]);
  });

  test.each(['CommitMessage', 'BranchName'])('rejects %s as free text', (key) => {
    expect(complaints(build({ X: source.variable(key) }))).toEqual([
      `'stages[0].steps[0].environmentVariables' ${FREE}, got "#{Source-vars.${key}}"; a quote in its value ` +
        'would break the JSON; pass it in a file of an artifact, or use an id or a digest',
    ]);
  });

  test('rejects pipeline variables and exports as free text', () => {
    const version = BuildStep.shell(['export V=1'], { stepName: 'Version', exportedVariables: ['V'] });
    expect(
      complaints(() => ({
        variables: [note],
        stages: [
          PipelineStage.steps('Work', [
            version,
            BuildStep.shell(['ls'], {
              environmentVariables: { A: `${note.reference()}`, B: version.variable('V') },
            }),
          ]),
        ],
      })),
    ).toEqual(
      ['#{variables.NOTE}', '#{Version-vars.V}'].map((literal) =>
        expect.stringContaining(`'stages[0].steps[1].environmentVariables' ${FREE}, got "${literal}"`),
      ),
    );
  });

  test('accept any value in plain texts', () => {
    const version = BuildStep.shell(['export V=1'], { stepName: 'Version', exportedVariables: ['V'] });
    const text = `${note.reference()} ${version.variable('V')} ${source.variable('CommitMessage')}`;
    const { stack } = delivery(() => ({
      variables: [note],
      stages: [
        PipelineStage.steps('Work', [version]),
        PipelineStage.approval('Ask', Approval.manual({ comment: text })),
        PipelineStage.steps('Go', [
          CustomStep.actionType(CustomActionCategory.DEPLOY, 'Acme', { configuration: { Text: text } }),
        ]),
      ],
    }));
    expect(stack).toBeDefined();
  });

  test('rejects variables that a build does not export', () => {
    function version(exportedVariables?: string[]) {
      return BuildStep.shell(['ls'], { stepName: 'Version', exportedVariables });
    }

    function use(step: BuildStep) {
      return stepsOf(() => [
        step,
        CustomStep.actionType(CustomActionCategory.DEPLOY, 'Acme', { configuration: { V: step.variable('V') } }),
      ]);
    }

    const rule =
      "'stages[0].steps[1].configuration.V' must use only variables that an earlier action produces, got " +
      '"#{Version-vars.V}"; ';
    expect(complaints(use(version(['V'])))).toEqual([]);
    expect(complaints(use(version(['A', 'B'])))).toEqual([`${rule}choose a variable that 'Version' exports: A, B`]);
    expect(complaints(use(version()))).toEqual([
      `${rule}add it to the exportedVariables of 'Version', which exports none`,
    ]);
  });

  test('order steps by their use of variables', () => {
    const version = BuildStep.shell(['ls'], { stepName: 'Version', exportedVariables: ['V'] });
    const use = CustomStep.actionType(CustomActionCategory.DEPLOY, 'Acme', {
      configuration: { V: version.variable('V') },
    });
    expect(
      actionsOf(deliveryTemplate(stepsOf(() => [use, version]))).map(({ Name, RunOrder }) => [Name, RunOrder]),
    ).toEqual([
      ['Source', 1],
      ['Acme', 2],
      ['Version', 1],
    ]);
    expect(
      complaints(() => ({ stages: [PipelineStage.steps('A', [use]), PipelineStage.steps('B', [version])] })),
    ).toEqual([
      "'stages[0].steps[0].configuration.V' must use only variables that an earlier action produces, got " +
        '"#{Version-vars.V}"; \'Version\' runs at the same time or later; move it before this step, or set ' +
        "'after' on this step",
    ]);
  });

  test('reject tokens as names', () => {
    const key = Token.asString({ Ref: 'Name' });
    expect(complaints(build({ X: source.variable(key) }))).toEqual([
      '\'stages[0].steps[0].environmentVariables\' must use literal variable names, got "a token"; pass the name ' +
        'of the variable as a literal string',
    ]);
  });

  test('keep other tokens in a text', () => {
    const template = deliveryTemplate(
      stepsOf((stack) => [
        BuildStep.shell(['ls'], { environmentVariables: { X: `${stack.region}/${source.variable('CommitId')}` } }),
      ]),
    );
    expect(actionsOf(template)[1].Configuration!.EnvironmentVariables).toEqual({
      'Fn::Join': [
        '',
        ['[{"name":"X","value":"', { Ref: 'AWS::Region' }, '/#{Source-vars.CommitId}","type":"PLAINTEXT"}]'],
      ],
    });
  });

  test('are separate for each source', () => {
    function image(stack: Parameters<Parameters<typeof stepsOf>[0]>[0]) {
      return lambda.Function.fromFunctionName(stack, 'F', 'f');
    }

    const other = PipelineSource.gitHub('acme/other', 'main', { stepName: 'Other' });
    expect(
      complaints((stack) => ({
        sources: [source, other],
        stages: [
          PipelineStage.steps('Work', [
            TestStep.lambdaFunction(image(stack), {
              parameters: { a: other.variable('CommitId'), b: other.variable('CommitID') },
            }),
          ]),
        ],
      })),
    ).toEqual([
      expect.stringContaining(
        "'stages[0].steps[0].parameters' must use only variables that an earlier action produces, got " +
          '"#{Other-vars.CommitID}"; choose one of #{Other-vars.AuthorDate}',
      ),
    ]);
  });
});

describe('ImageTag of an ECR source, which executions that a push starts lack', () => {
  const FIX =
    'write the imageTag of the source, or use ImageDigest; the action does not output it in executions that a push ' +
    'starts';

  function using(step: (tag: string, stack: Stack) => PipelineStep): DeliveryOf {
    return (stack) => {
      const images = PipelineSource.ecr(ecr.Repository.fromRepositoryName(stack, 'Images', 'acme/api'));
      return { sources: [images], stages: [PipelineStage.steps('Work', [step(images.variable('ImageTag'), stack)])] };
    };
  }

  test.each<[string, string, (tag: string, stack: Stack) => PipelineStep]>([
    ['a build', 'environmentVariables', (TAG) => BuildStep.shell(['make'], { environmentVariables: { TAG } })],
    ['commands', 'commands', (tag) => BuildStep.commands([`echo ${tag}`])],
    [
      'a state machine',
      'input',
      (tag, stack) =>
        TestStep.stepFunction(stepfunctions.StateMachine.fromStateMachineName(stack, 'Machine', 'checks'), {
          input: StateMachineInput.literal({ tag }),
        }),
    ],
  ])('is rejected in %s', (_, prop, step) => {
    expect(complaints(using(step))).toEqual([
      `'stages[0].steps[0].${prop}' must use only variables that an earlier action produces, got ` +
        `"#{Source-vars.ImageTag}"; ${FIX}`,
    ]);
  });

  test('is not offered instead of another name', () => {
    const misspelt = using((tag) => BuildStep.commands([`echo ${tag.replace('ImageTag', 'ImageTags')}`]));
    expect(complaints(misspelt)).toEqual([expect.not.stringContaining('Source-vars.ImageTag,')]);
  });
});

describe('variables of the pipeline', () => {
  function listed(variables: PipelineVariable[], triggers?: PipelineTrigger[]) {
    return () => ({ variables, triggers, stages: [PipelineStage.steps('Work', [BuildStep.shell(['ls'])])] });
  }

  test('are declared', () => {
    const described = new PipelineVariable('WHY', { defaultValue: 'no reason', description: 'why this run' });
    expect(pipelineOf(deliveryTemplate(listed([note, described])))).toMatchObject({
      Variables: [
        { Name: 'NOTE', DefaultValue: 'routine' },
        { Name: 'WHY', DefaultValue: 'no reason', Description: 'why this run' },
      ],
    });
  });

  test.each<[string, PipelineVariable[], string]>([
    [
      'a name with a space',
      [new PipelineVariable('A B', { defaultValue: 'x' })],
      "'variables[0].variableName' must consist of letters, digits, '@', '_' and '-', got \"A B\"; rename the variable",
    ],
    ['a name twice', [note, note], '\'variables\' must have unique variable names, got "NOTE"; rename one of them'],
    [
      'an empty default',
      [new PipelineVariable('A', { defaultValue: '' })],
      '\'variables[0].defaultValue\' must have 1 to 1000 characters, got ""; choose another value, or remove the ' +
        'default',
    ],
    [
      'a long description',
      [new PipelineVariable('A', { defaultValue: 'x', description: 'x'.repeat(201) })],
      "'variables[0].description' must have at most 200 characters, got",
    ],
    [
      'the variable of a step',
      [source.variable('CommitId') as unknown as PipelineVariable],
      "'variables[0]' must be a PipelineVariable, got \"#{Source-vars.CommitId}\"; use new PipelineVariable('NAME'); " +
        'variables of steps need not be listed',
    ],
    [
      'no default where changes start runs',
      [new PipelineVariable('A')],
      "'variables[0].defaultValue' must be set if changes, schedules or other pipelines start executions, got " +
        '"A"; such an execution has no value and fails; set a default, or start all executions manually with ' +
        'PipelineTrigger.manual()',
    ],
  ])('%s', (_name, variables, message) => {
    expect(complaints(listed(variables))).toEqual([expect.stringContaining(message)]);
  });

  test('are rejected above 50', () => {
    const many = [...Array(51).keys()].map((i) => new PipelineVariable(`V${i}`, { defaultValue: 'x' }));
    expect(complaints(listed(many))).toEqual(["'variables' must contain at most 50 variables, got 51; remove some"]);
  });

  test('may lack a default if all executions are started manually', () => {
    expect(complaints(listed([new PipelineVariable('A')], [PipelineTrigger.manual()]))).toEqual([]);
  });

  test('must be declared', () => {
    expect(
      complaints(() => ({
        stages: [PipelineStage.approval('Ask', Approval.manual({ comment: `${note.reference()}` }))],
      })),
    ).toEqual([
      "'stages[0].approval.comment' must use only pipeline variables that the pipeline declares, got " +
        '"#{variables.NOTE}"; add it to \'variables\'',
    ]);
  });
});
