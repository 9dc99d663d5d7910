import { aws_cloudwatch as cloudwatch, aws_codepipeline_actions as actions, Duration, type Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  Notification,
  NotificationEvent,
  PipelineExecutionMode,
  PipelineStage,
  type PipelineStep,
  PipelineVariable,
  SuccessCondition,
  TestStep,
  VariableOperator,
} from '../../src';
import { PIPELINE_LIMITS } from '../../src/aws/limits';
import { atMostCharacters } from '../../src/common/rules';
import { FEW_EVENT_LISTS } from '../../src/notifications/render';
import { atLeastOne } from '../../src/pipeline/problems';
import {
  BAKE_GATES,
  NO_PARALLEL_ROLLBACK,
  UNIQUE_RULES,
  wholeNumber,
  SINGLE_LINES,
  NO_GATE_ARTIFACTS,
  PROJECT_STEP,
  ruleCount,
  SKIP_GATES,
  NO_ROLLBACK_APPROVALS,
} from '../../src/pipeline/rules';
import { complaints, type DeliveryOf } from '../helpers/delivery';
import { GATES } from '../helpers/gates';

const note = new PipelineVariable('NOTE', { defaultValue: 'go' });
const made = TestStep.shell(['make test'], { exportedVariables: ['OUT'], outputDirectory: 'out' });

function only(gate: Gate, ...more: Gate[]) {
  return { beforeEntry: EntryCondition.failUnless([gate, ...more]) };
}

function live(options: DeploymentEnvironmentOptions): DeliveryOf {
  return () => ({
    variables: [note],
    stages: [
      PipelineStage.environment(new DeploymentEnvironment('live', { target: DeployTarget.staticSite(), ...options })),
    ],
  });
}

function gated(...gates: Gate[]) {
  return live(only(gates[0], ...gates.slice(1)));
}

const ask = CustomStep.action(new actions.ManualApprovalAction({ actionName: 'Ask' }));

function skipped(...steps: PipelineStep[]): DeliveryOf {
  return () => ({
    variables: [note],
    stages: [
      PipelineStage.steps('Maybe', [made], {
        beforeEntry: EntryCondition.skipUnless([Gate.variable(note.reference(), VariableOperator.EQUALS, 'go')]),
      }),
      PipelineStage.steps('Later', steps),
    ],
  });
}

const GATE = 'stages[0].environment.beforeEntry.gates[0]';

function emails(count: number, events: (i: number) => NotificationEvent[]) {
  return Notification.all(
    [...Array(count).keys()].map((i) =>
      Notification.email([`a${i}@example.com`], { audience: `A${i}`, events: events(i) }),
    ),
  );
}

/**
 * What the services refuse of approvals, gates, failure handling and notifications, one thing at a time, with its
 * message.
 */
const CONSTRAINTS: Readonly<Record<string, readonly [DeliveryOf, ...string[]]>> = {
  'no rule': [
    live({ beforeEntry: EntryCondition.failUnless([]) }),
    `'stages[0].environment.beforeEntry' must ${ruleCount(PIPELINE_LIMITS.rulesPerCondition)}, got 0; ` +
      `add a gate, or remove the condition`,
  ],
  'six rules, five of them alarms of one gate': [
    (stack) =>
      live({
        onSuccess: SuccessCondition.failUnless([
          Gate.alarmsHealthy(
            ['1', '2', '3', '4', '5'].map((name) => cloudwatch.Alarm.fromAlarmName(stack, name, name)),
          ),
          Gate.officeHours('UTC'),
        ]),
      })(stack),
    `'stages[0].environment.onSuccess' must ${ruleCount(PIPELINE_LIMITS.rulesPerCondition)}, got 6; ` +
      `combine several checks in one function`,
  ],
  'a skip after a window': [
    live({ approval: Approval.none(), beforeEntry: EntryCondition.skipUnless([Gate.officeHours('UTC')]) }),
    `'stages[0].environment.beforeEntry' must ${SKIP_GATES}, got "DeploymentWindow"; use ` +
      `EntryCondition.failUnless, or evaluate the condition in a function`,
  ],
  'a rollback after a window': [
    live({ onFailure: FailureHandling.rollBackUnless([Gate.officeHours('UTC')]) }),
    `'stages[0].environment.onFailure' must ${BAKE_GATES}, got "DeploymentWindow"; ` +
      'AWS does not document other rules on the failure of a stage; use FailureHandling.rollBack()',
  ],
  'a rollback after nothing': [
    live({ onFailure: FailureHandling.rollBackUnless([]) }),
    `'stages[0].environment.onFailure.gates' must ${atLeastOne('gate')}, got []; add one, or use ` +
      'FailureHandling.rollBack()',
  ],
  'a rollback among runs at the same time': [
    () => ({
      stages: [
        PipelineStage.steps('Work', [made], {
          onFailure: FailureHandling.retryAllActions(),
          onSuccess: SuccessCondition.rollBackUnless([Gate.officeHours('UTC')]),
        }),
      ],
      executionMode: PipelineExecutionMode.PARALLEL,
    }),
    `'executionMode' must ${NO_PARALLEL_ROLLBACK}, got ["Work"]; CodePipeline does not roll back ` +
      'in PARALLEL mode; use SUPERSEDED or QUEUED, or FailureHandling.none() and no SuccessCondition.rollBackUnless',
  ],
  'an approval in a stage that goes back': [
    () => ({ stages: [PipelineStage.steps('Work', [ask, made], { onFailure: FailureHandling.rollBack() })] }),
    `'stages[0]' must ${NO_ROLLBACK_APPROVALS}, got ["Ask"]; move them to a separate stage before it, ` +
      `with PipelineStage.approval`,
  ],
  'an approval in a stage that is tried again': [
    () => ({ stages: [PipelineStage.steps('Work', [ask], { onFailure: FailureHandling.retryFailedActions() })] }),
    `'stages[0]' must ${NO_ROLLBACK_APPROVALS}, got ["Ask"]; move them to a separate stage before it, ` +
      `with PipelineStage.approval`,
  ],
  'an artifact of a stage that may be skipped': [
    skipped(TestStep.shell(['make'], { stepName: 'Use', inputs: [made.artifact] })),
    "'stages[1].steps[0]' must not use artifacts or variables of 'Maybe', which may be skipped, got \"Test\"; " +
      'move the step that produces it to a separate stage, which always runs',
  ],
  'a variable of a stage that may be skipped': [
    skipped(
      CustomStep.actionType(CustomActionCategory.DEPLOY, 'Acme', {
        stepName: 'Use',
        configuration: { Out: made.variable('OUT') },
      }),
    ),
    "'stages[1].steps[0]' must not use artifacts or variables of 'Maybe', which may be skipped, got " +
      '"#{Test-vars.OUT}"; move the step that produces it to a separate stage, which always runs',
  ],
  'two gates of a kind without names': [
    gated(Gate.officeHours('UTC'), Gate.officeHours('Europe/Berlin')),
    `'stages' must ${UNIQUE_RULES}, got "live-Entry-Window"; set ruleName on one of the gates`,
  ],
  'no alarm': [
    gated(Gate.alarmsHealthy([])),
    `'${GATE}.alarms' must ${atLeastOne('alarm')}, got []; add one, or remove the gate`,
  ],
  'half a minute': [
    (stack) =>
      gated(
        Gate.alarmsHealthy([cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'a')], { waitTime: Duration.seconds(30) }),
      )(stack),
    `'${GATE}.waitTime' must ${wholeNumber('minutes', { min: 1, max: 86400 })}, got 0.5; choose a value in that range`,
  ],
  'commands of two lines': [
    gated(Gate.commands(['a\nb'])),
    `'stages[0].environment.beforeEntry.gates[0].commands' must ${SINGLE_LINES}, got "a\\nb"; make ` +
      'each line a separate command, or move the commands to a script in the repository',
  ],
  'a build that hands on variables': [
    gated(Gate.buildStep(BuildStep.shell(['make'], { exportedVariables: ['OUT'] }))),
    `'${GATE}.buildStep.exportedVariables' must not be set in a gate, got ["OUT"]; remove them, since ` +
      'a rule has no outputs, or run the build as a step',
  ],
  'a build that makes something': [
    gated(Gate.buildStep(BuildStep.shell(['make'], { outputDirectory: 'out' }))),
    `'${GATE}.buildStep' must ${NO_GATE_ARTIFACTS}, got ["Build"]; remove outputDirectory, ` +
      'since a rule has no outputs, or run the build as a step',
  ],
  'a build without a project': [
    gated(Gate.buildStep(BuildStep.commands(['make']))),
    `'${GATE}.buildStep' must ${PROJECT_STEP}, got "Commands"; use BuildStep.shell or ` +
      'BuildStep.project, or Gate.commands',
  ],
  'a text longer than a configuration takes': [
    (stack) =>
      gated(
        Gate.variable(note.reference(), VariableOperator.EQUALS, 'x'.repeat(1001)),
        GATES.window(stack, 'Entry'),
      )(stack),
    `'stages[0].environment.beforeEntry.gates[0].value' must ${atMostCharacters(1000)}, got "1001 ` +
      'characters"; shorten the text',
  ],
  'an approval for four minutes': [
    live({ approval: Approval.manual({ timeout: Duration.minutes(4) }) }),
    `'stages[0].environment.approval.timeout' must ${wholeNumber('minutes', { min: 5, max: 86400 })}, ` +
      `got 4; choose a value in that range`,
  ],
  'eleven notification rules': [
    (stack) => ({ ...live({})(stack), notifications: emails(11, (i) => [Object.values(NotificationEvent)[i]]) }),
    `'notifications' must ${FEW_EVENT_LISTS}, got 11; use the same events for some of them`,
  ],
  'eleven who hear of the same': [
    (stack) => ({ ...live({})(stack), notifications: emails(11, () => [NotificationEvent.PIPELINE_FAILED]) }),
    "'notifications' must have at most 10 targets for the same events " +
      '(codepipeline-pipeline-pipeline-execution-failed), got 11; subscribe some of them to one topic, and pass ' +
      'that topic',
  ],
};

test.each(Object.entries(CONSTRAINTS))('%s', (_, [props, ...said]) => {
  expect(complaints((stack: Stack) => props(stack))).toEqual(said);
});
