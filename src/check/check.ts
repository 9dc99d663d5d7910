import { bootstrapStacks } from './bootstrap';
import type { AssemblyStack } from '../assembly/cloud-assembly';
import type { Progress } from '../assembly/json';
import type { StackScope } from '../assembly/scope';
import { ResourceModel } from '../assembly/resource-model';
import type { Call } from './calls/call';
import { CallGroup, callsOf } from './calls/pipeline-calls';
import {
  type CheckReport,
  type Finding,
  locationOf,
  type PipelineReport,
  type Severity,
  statementName,
} from './finding';
import { fixesOf } from './fix';
import { compact } from '../common/compact';
import { evaluate } from './iam/evaluate';
import type { AccessRequest, AccessVerdict, Caller, Evaluation, Reason } from './iam/request';
import { PipelineModel, readPipeline } from './pipeline';
import { IamModel } from './model/iam-model';
import { contextOf } from './model/context';
import type { Target } from './model/resource-policies';
import { ruleFindings } from './rules/findings';

export interface CheckOptions {
  readonly progress?: Progress;
  /** Receives every call, including the allowed ones. */
  readonly onCall?: (evaluated: EvaluatedCall) => void;
}

/** Checks whether the policies of the stacks allow the API calls of every pipeline. */
export function check(stacks: readonly AssemblyStack[], { progress, onCall }: CheckOptions = {}): CheckReport {
  const { stacks: bootstrap, assumptions } = bootstrapStacks(stacks);
  const model = new ResourceModel([...stacks, ...bootstrap], progress);
  const evaluator = new CallEvaluator(new IamModel(model), onCall);
  const resources = model.resources('AWS::CodePipeline::Pipeline');
  const pipelines = resources.map((resource, index) => {
    progress?.(`checked ${index} of ${resources.length} pipelines`);
    return evaluator.pipeline(readPipeline(resource));
  });

  function count(matches: (finding: Finding) => boolean) {
    return pipelines.reduce((sum, { findings }) => sum + findings.filter(matches).length, 0);
  }

  return {
    pipelines,
    summary: {
      pipelines: pipelines.length,
      stacks: stacks.length,
      errors: count(({ severity }) => severity === 'error'),
      warnings: count(({ severity }) => severity === 'warning'),
      unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
      unmodelled: count(({ verdict }) => verdict === 'UNMODELLED'),
    },
    assumptions: [...assumptions, ...model.stacks.flatMap(unreadNested)],
  };
}

/** Returns an assumption for each nested stack whose template is not in the assembly. */
function unreadNested(stack: StackScope) {
  return stack
    .unreadNested()
    .map(
      (logicalId) =>
        `nested stack ${logicalId} of ${stack.displayName} was not checked: its template is not in the assembly ` +
        '(`cdk synth` writes it, app.synth() in a test does not)',
    );
}

/** Describes the evaluation of a call. */
export interface EvaluatedCall {
  readonly call: Call;
  readonly request: AccessRequest;
  readonly target: Target;
  readonly evaluation: Evaluation;
}

/** Maps each verdict to its count in the report. */
const COUNTS = { ALLOWED: 'allowed', DENIED: 'denied', UNKNOWN: 'unknown' } as const;

class CallEvaluator {
  private readonly evaluations = new Map<string, Evaluation>();

  constructor(
    private readonly model: IamModel,
    private readonly onCall: CheckOptions['onCall'],
  ) {}

  public pipeline(pipeline: PipelineModel): PipelineReport {
    const calls = { allowed: 0, denied: 0, unknown: 0, unmodelled: 0 };
    const findings = ruleFindings(pipeline, this.pipelineName(pipeline), this.model.model);
    for (const group of callsOf(pipeline, this.model)) {
      if (group.unmodelled !== undefined) {
        calls.unmodelled++;
        findings.push(this.unmodelled(pipeline, group, group.unmodelled));
      }
      for (const call of distinct(group.calls)) {
        const evaluated = this.evaluate(call);
        this.onCall?.(evaluated);
        const verdict = verdictOf(evaluated);
        calls[COUNTS[verdict]]++;
        if (verdict !== 'ALLOWED') findings.push(this.finding(pipeline, group, evaluated, verdict));
      }
    }
    return {
      name: this.pipelineName(pipeline),
      stack: pipeline.stack.displayName,
      findings: withUniqueIds(findings),
      calls,
    };
  }

  private evaluate(call: Call): EvaluatedCall {
    const evaluated = this.evaluateOn(call.resource, call);
    const { verdict } = evaluated.evaluation;
    if (verdict === 'ALLOWED') return evaluated;
    if (call.alternativeResource !== undefined) {
      // A permission for one of the two forms is sufficient.
      const alternative = this.evaluateOn(call.alternativeResource, call);
      const alternativeVerdict = alternative.evaluation.verdict;
      if (alternativeVerdict === 'ALLOWED') return alternative;
      if (verdict === 'DENIED') return alternativeVerdict === 'UNKNOWN' ? alternative : evaluated;
    }
    if (call.formerName !== undefined && verdict === 'DENIED') {
      const former = this.evaluateOn(call.resource, { ...call, call: call.formerName });
      if (former.evaluation.verdict === 'DENIED') return evaluated;
      const uncertainty = `only the former name ${call.formerName} is allowed, which may not be sufficient`;
      return { ...evaluated, call: { ...call, uncertainty } };
    }
    return evaluated;
  }

  private evaluateOn(resource: string, call: Call): EvaluatedCall {
    const caller = this.callerOf(call);
    const defaultAccount = caller.kind === 'role' ? caller.account : call.from.account;
    const target = this.model.targets.target(resource, defaultAccount);
    const context = contextOf(call, caller, target, this.model);
    const key = JSON.stringify([call.caller, call.call, resource, target.account, context]);
    const request: AccessRequest = {
      caller,
      action: call.call,
      resource,
      resourceAccount: target.account,
      resourcePolicy: target.policy,
      context,
    };
    const evaluation = this.evaluations.get(key) ?? evaluate(request);
    this.evaluations.set(key, evaluation);
    return { call, request, target, evaluation };
  }

  private callerOf({ caller, from }: Call): Caller {
    if ('service' in caller) return { kind: 'service', service: caller.service };
    if ('role' in caller) return this.model.roles.byArn(caller.role).caller;
    const arn = `arn:${from.partition}:iam::${caller.account}:root`;
    return {
      kind: 'role',
      arn,
      account: caller.account,
      identity: { policies: [{ name: 'the account itself', document: ALLOW_ALL }] },
    };
  }

  private finding(
    pipeline: PipelineModel,
    { stage, action }: CallGroup,
    { call, request: { caller }, target, evaluation }: EvaluatedCall,
    verdict: 'DENIED' | 'UNKNOWN',
  ): Finding {
    const { rule, verb } = PHRASES[verdict];
    const callerName = this.callerName(caller);
    const resource = this.show(call.resource);
    const reasons = evaluation.reasons.map((reason) => this.shownReason(reason));
    const isCallUncertain = call.uncertainty !== undefined && evaluation.verdict === 'DENIED';
    const why = isCallUncertain ? call.uncertainty : [...new Set(reasons.map(reasonText))].join('; ');
    const path = compact([pipeline.stack.displayName, this.pipelineName(pipeline), stage, action]);
    return {
      id: `${rule}[${this.show([...path, `${callerName} ${call.call} ${resource}`].join('/'))}]`,
      severity: severityOf(call, verdict),
      verdict,
      stage: this.shown(stage),
      action: this.shown(action),
      caller: callerName,
      call: call.call,
      resource,
      message: `${callerName} ${verb} call ${call.call} on ${resource}: ${why}`,
      why,
      reasons,
      at: locationOf(pipeline.resource, propertyOf(pipeline, stage, action)),
      fix: verdict === 'DENIED' ? fixesOf(call, caller, target, evaluation, this.model) : [],
      source: { basis: call.basis, url: call.source },
    };
  }

  private unmodelled(pipeline: PipelineModel, { stage, action }: CallGroup, description: string): Finding {
    const shownStage = this.show(stage!);
    const shownAction = this.show(action!);
    const path = [pipeline.stack.displayName, this.pipelineName(pipeline), shownStage, shownAction];
    return {
      id: `ProviderUnmodelled[${path.join('/')}]`,
      severity: 'info',
      verdict: 'UNMODELLED',
      stage: shownStage,
      action: shownAction,
      message: `the check does not model the calls of ${this.show(description)}`,
      why: '',
      reasons: [],
      at: locationOf(pipeline.resource, propertyOf(pipeline, stage, action)),
      fix: [],
    };
  }

  private callerName(caller: Caller): string {
    if (caller.kind === 'service') return caller.service;
    const { resource } = this.model.roles.byArn(caller.arn);
    if (resource) return `role ${resource.logicalId} of stack ${resource.stack.displayName}`;
    return this.show(caller.arn);
  }

  /** Returns the name of a pipeline, or its logical id if CloudFormation generates the name. */
  private pipelineName({ name }: PipelineModel) {
    return this.show(name).replace(/^\$\{(\w+)\}$/, '$1');
  }

  private shownReason(reason: Reason): Reason {
    return {
      ...reason,
      explanation: this.show(reason.explanation),
      policy: this.shown(reason.policy),
      statement: this.shown(reason.statement),
    };
  }

  private shown(text: string | undefined) {
    if (text === undefined) return undefined;
    return this.show(text);
  }

  private show(text: string) {
    return this.model.model.show(text);
  }
}

const PHRASES = {
  DENIED: { rule: 'AccessDenied', verb: 'may not' },
  UNKNOWN: { rule: 'AccessUnknown', verb: 'may or may not' },
} as const;

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Returns the verdict. If it is uncertain whether a denied call is made, the verdict is UNKNOWN. */
function verdictOf({ call, evaluation: { verdict } }: EvaluatedCall): AccessVerdict {
  if (verdict === 'DENIED' && call.uncertainty !== undefined) return 'UNKNOWN';
  return verdict;
}

function reasonText({ policy, statement, explanation }: Reason) {
  if (policy === undefined) return explanation;
  return `${statementName(policy, statement)}: ${explanation}`;
}

function severityOf({ basis }: Call, verdict: 'DENIED' | 'UNKNOWN'): Severity {
  if (verdict === 'UNKNOWN') return 'info';
  if (basis === 'documented') return 'error';
  return 'warning';
}

/** Returns the path of an action in the properties of its pipeline, or of its stage if there is no action. */
function propertyOf({ stages }: PipelineModel, stageName: string | undefined, actionName: string | undefined): string {
  const stageIndex = stages.findIndex(({ name }) => name === stageName);
  if (stageIndex < 0) return '';
  return compact([`Stages[${stageIndex}]`, actionPath(stages[stageIndex], actionName)]).join('.');
}

function actionPath({ actions }: PipelineModel['stages'][number], actionName: string | undefined) {
  const action = actions.find(({ name }) => name === actionName);
  return action && `Actions[${action.index}]`;
}

/** Removes duplicate calls. A documented call takes precedence over an inferred one. */
function distinct(calls: readonly Call[]): Call[] {
  const byKey = new Map<string, Call>();
  for (const call of calls) {
    const key = JSON.stringify([call.caller, call.call, call.resource, call.context ?? {}]);
    const existing = byKey.get(key);
    if (!existing || (existing.basis === 'inferred' && call.basis === 'documented')) byKey.set(key, call);
  }
  return [...byKey.values()];
}

/** Appends a number to the id of each finding whose id occurs before. */
function withUniqueIds(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const occurrence = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, occurrence);
    if (occurrence === 1) return finding;
    return { ...finding, id: finding.id.replace(/\]$/, `#${occurrence}]`) };
  });
}
