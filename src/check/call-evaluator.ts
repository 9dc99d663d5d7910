import type { Basis, Call } from './calls/call';
import { accountOfForeignRole } from './calls/pass-role';
import { type CallGroup, callsOf } from './calls/pipeline-calls';
import { type Finding, type FindingLocation, locationOf, type Severity, statementName } from './finding';
import { fixesOf } from './fix';
import { evaluate } from './iam/evaluate';
import type { AccessRequest, AccessVerdict, Caller, Evaluation, Reason } from './iam/request';
import type { Draft } from './merge';
import { contextOf } from './model/context';
import type { IamModel } from './model/iam-model';
import type { Target } from './model/resource-policies';
import type { PipelineModel, StageModel } from './pipeline';
import { equals } from '../assembly/match';
import { hasUnknown } from '../assembly/unknown';
import { compact } from '../common/compact';

/** Describes the evaluation of a call. */
export interface EvaluatedCall {
  readonly call: Call;
  readonly request: AccessRequest;
  readonly target: Target;
  readonly evaluation: Evaluation;
}

/** Contains the findings about the calls of a pipeline. */
export interface CheckedPipeline {
  readonly name: string;
  readonly stack: string;
  readonly templateFile?: string;
  readonly drafts: readonly Draft[];
  /** The number of allowed calls. */
  readonly allowed: number;
  /** The violations of rules of the services. */
  readonly violations?: readonly Finding[];
}

/** Evaluates the calls of pipelines. */
export class CallEvaluator {
  private readonly assumptionsOfResources = new Set<string>();
  /** The calls that AWS lists but pipelines work without, by reason. */
  private readonly notRequired = new Map<string, Set<string>>();
  private readonly evaluations = new Map<string, Evaluation>();

  constructor(
    private readonly model: IamModel,
    private readonly onCall?: (evaluated: EvaluatedCall) => void,
  ) {}

  /** The assumptions about resources that are not in the assembly, and about permissions that are not required. */
  public get assumptions(): string[] {
    const notRequired = [...this.notRequired].map(
      ([reason, calls]) => `not required: ${[...calls].sort().join(', ')} (${reason})`,
    );
    return [...this.assumptionsOfResources, ...notRequired];
  }

  /** Returns the findings about the calls of a pipeline. */
  public pipeline(pipeline: PipelineModel): CheckedPipeline {
    let allowed = 0;
    const drafts: Draft[] = [];
    for (const group of callsOf(pipeline, this.model)) {
      const at = locationOf(pipeline.resource, propertyOf(pipeline, group));
      if (group.unmodelled !== undefined) drafts.push(this.unmodelled(group, group.unmodelled, at));
      for (const call of distinct(group.calls)) {
        const evaluated = this.evaluate(call);
        this.onCall?.(evaluated);
        const verdict = verdictOf(evaluated);
        if (verdict === 'ALLOWED') allowed++;
        else if (call.notRequired !== undefined) this.assumeNotRequired(call.call, call.notRequired);
        else drafts.push({ ...this.draft(group, evaluated, verdict), at });
      }
    }
    const { displayName, rootTemplateFile } = pipeline.stack;
    return {
      name: this.pipelineName(pipeline),
      stack: displayName,
      templateFile: rootTemplateFile,
      drafts,
      allowed,
    };
  }

  private evaluate(call: Call): EvaluatedCall {
    const evaluated = this.evaluateForms(call);
    const macros = evaluated.evaluation.verdict === 'DENIED' ? this.macrosOf(evaluated) : [];
    if (macros.length === 0) return evaluated;
    const explanation = `macros can change the policies: ${macros.join(', ')}`;
    return {
      ...evaluated,
      evaluation: {
        verdict: 'UNKNOWN',
        reasons: [{ finding: 'unknown', kind: 'identity', explanation, isOutside: true }],
      },
    };
  }

  /** Returns the macros that can change the resources of a call. */
  private macrosOf({ call, request: { caller }, target }: EvaluatedCall): string[] {
    const role = caller.kind === 'role' ? this.model.roles.byArn(caller.arn).resource : undefined;
    const stacks = compact([role?.stack, target.resource?.stack, call.from]);
    return [...new Set(stacks.flatMap((stack) => stack.macros.map((macro) => `${macro} in ${stack.displayName}`)))];
  }

  /** Evaluates a call with the forms of its resource and the names of the call. */
  private evaluateForms(call: Call): EvaluatedCall {
    const evaluated = this.evaluateOn(call.resource, call);
    const { verdict } = evaluated.evaluation;
    if (verdict === 'ALLOWED') return evaluated;
    const alternativeResource = call.alternativeResource ?? bareReference(call.resource);
    if (alternativeResource !== undefined) {
      // A permission for one of the two forms is sufficient.
      const alternative = this.evaluateOn(alternativeResource, call);
      const alternativeVerdict = alternative.evaluation.verdict;
      if (alternativeVerdict === 'ALLOWED') return alternative;
      if (verdict === 'DENIED') return alternativeVerdict === 'UNKNOWN' ? alternative : evaluated;
    }
    if (call.formerName !== undefined && verdict === 'DENIED') {
      const former = this.evaluateOn(call.resource, { ...call, call: call.formerName });
      if (former.evaluation.verdict === 'DENIED') return evaluated;
      if (call.isConnection === true && !call.resource.startsWith('arn:') && former.evaluation.verdict === 'ALLOWED') {
        this.assumptionsOfResources.add(`the ARN of ${this.show(call.resource)} has the former service name`);
        return former;
      }
      const uncertainty = `only the former name ${call.formerName} is allowed, which may not be sufficient`;
      return { ...evaluated, call: { ...call, uncertainty } };
    }
    return evaluated;
  }

  private evaluateOn(resource: string, call: Call): EvaluatedCall {
    const caller = this.callerOf(call);
    const defaultAccount = caller.kind === 'role' ? caller.account : call.from.account;
    const { targets } = this.model;
    // A parameter that identifies a key can contain its ID or its ARN, which does not change the key.
    const targetArn = call.alternativeResource === undefined ? call.resource : resource;
    const found =
      this.connectionTarget(call, defaultAccount) ?? targets.target(targetArn, defaultAccount, call.from.account);
    const target = caller.kind === 'role' ? targets.targetFor(found, targetArn, caller.account) : found;
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
    const evaluation = this.evaluations.get(key) ?? refusalOf(call, caller) ?? evaluate(request);
    this.evaluations.set(key, evaluation);
    if (target.assumption !== undefined && evaluation.verdict !== 'UNKNOWN') {
      this.assumptionsOfResources.add(target.assumption);
    }
    return { call, request, target, evaluation };
  }

  /** Returns the target for a connection of which it is unknown whether it is in the account of the caller. */
  private connectionTarget({ isConnection, resource }: Call, account: string): Target | undefined {
    const owner = resource.split(':')[4] ?? '';
    const isKnown = resource.startsWith('arn:') && equals(owner, account) !== 'unknown';
    if (isConnection !== true || isKnown) return undefined;
    const assumption = `connection ${this.show(resource)} is in account ${this.show(account)}`;
    return { account, policy: { policies: [] }, policyResources: [], assumption };
  }

  private assumeNotRequired(call: string, reason: string) {
    const calls = this.notRequired.get(reason) ?? new Set();
    this.notRequired.set(reason, calls.add(call));
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

  private draft(
    { stage, action }: CallGroup,
    { call, request: { caller }, target, evaluation }: EvaluatedCall,
    verdict: 'DENIED' | 'UNKNOWN',
  ): Omit<Draft, 'at'> {
    const reasons = evaluation.reasons.map((reason) => this.shownReason(reason));
    // Only the unknown policy of the key could allow the call.
    const caution = call.caution ?? (isOutsideKey(target) ? OUTSIDE_KEY : undefined);
    const isDoubtful = call.uncertainty !== undefined && evaluation.verdict === 'DENIED';
    return {
      severity: severityOf({ ...call, caution }, verdict),
      verdict,
      stage: this.shown(stage),
      action: this.shown(action),
      alsoFor: [],
      caller: this.callerName(caller),
      call: call.call,
      resource: this.show(call.resource),
      why: whyOf({ ...call, caution }, verdict, evaluation, reasons),
      reasons,
      doubts: isDoubtful ? [{ call: call.call, why: call.uncertainty! }] : [],
      fix: verdict === 'DENIED' ? fixesOf(call, caller, target, evaluation, this.model) : [],
      source: { basis: call.basis, url: call.source },
    };
  }

  private unmodelled({ stage, action }: CallGroup, description: string, at: FindingLocation): Draft {
    return {
      severity: 'info',
      verdict: 'UNMODELLED',
      stage: this.show(stage!),
      action: this.show(action!),
      alsoFor: [],
      at,
      why: this.show(description),
      reasons: [],
      doubts: [],
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

/** Returns the path of an action in the properties of its pipeline. */
function propertyOf({ stages }: PipelineModel, { stage, action }: CallGroup): string {
  const index = stages.findIndex(({ name }) => name === stage);
  if (index < 0) return '';
  return compact([`Stages[${index}]`, actionPath(stages[index], action)]).join('.');
}

function actionPath({ actions }: StageModel, actionName: string | undefined): string | undefined {
  const action = actions.find(({ name }) => name === actionName);
  return action && `Actions[${action.index}]`;
}

/** Returns the unknown value in the place of a key's ID, because the value can also be the ARN of the key. */
function bareReference(resource: string): string | undefined {
  const [, id] = /^arn:[^:]*:kms:[^:]*:[^:]*:key\/(.+)$/.exec(resource) ?? [];
  if (id !== undefined && [...id].length === 1 && hasUnknown(id)) return id;
  return undefined;
}

/** Returns the evaluation of a call that AWS refuses whatever the policies allow. */
function refusalOf(call: Call, caller: Caller): Evaluation | undefined {
  if (caller.kind !== 'role' || accountOfForeignRole(call, caller.account) === undefined) return undefined;
  const explanation = 'a role can be passed only to a service in the account of the role, whatever the policies allow';
  return { verdict: 'DENIED', reasons: [{ finding: 'denies', kind: 'identity', explanation }] };
}

const OUTSIDE_KEY = 'the policy of the key is not in the assembly, and it could allow the call';

function isOutsideKey({ assumption, policy }: Target) {
  return assumption?.startsWith('the policy of key') === true && policy.outside === undefined;
}

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Returns the verdict. If it is uncertain whether a denied call is made, the verdict is UNKNOWN. */
function verdictOf({ call, evaluation: { verdict } }: EvaluatedCall): AccessVerdict {
  if (verdict === 'DENIED' && call.uncertainty !== undefined) return 'UNKNOWN';
  return verdict;
}

/** Returns the reasons of a verdict in one text. */
function whyOf(
  { uncertainty, caution }: Call,
  verdict: 'DENIED' | 'UNKNOWN',
  evaluation: Evaluation,
  reasons: readonly Reason[],
): string {
  if (uncertainty !== undefined && evaluation.verdict === 'DENIED') return uncertainty;
  const policyReasons = [...new Set(reasons.map(reasonText))].join('; ');
  if (verdict === 'UNKNOWN' || caution === undefined) return policyReasons;
  return `${policyReasons}; a warning, because ${caution}`;
}

function reasonText({ policy, statement, explanation }: Reason) {
  if (policy === undefined) return explanation;
  return `${statementName(policy, statement)}: ${explanation}`;
}

function severityOf({ basis, caution }: Call, verdict: 'DENIED' | 'UNKNOWN'): Severity {
  if (verdict === 'UNKNOWN') return 'info';
  if (basis === 'documented' && caution === undefined) return 'error';
  return 'warning';
}

/** Lists the kinds of evidence, the strongest one last. */
const EVIDENCE: readonly Basis[] = ['inferred', 'reported', 'documented'];

/** Removes duplicate calls. The call with the stronger evidence takes precedence. */
function distinct(calls: readonly Call[]): Call[] {
  const byKey = new Map<string, Call>();
  for (const call of calls) {
    const key = JSON.stringify([call.caller, call.call, call.resource, call.context ?? {}]);
    const existing = byKey.get(key);
    if (!existing || evidenceFor(call) > evidenceFor(existing)) byKey.set(key, call);
  }
  return [...byKey.values()];
}

function evidenceFor({ basis, caution, uncertainty, notRequired }: Call) {
  if (notRequired !== undefined) return -2;
  if (uncertainty !== undefined) return -1;
  return EVIDENCE.indexOf(basis) + (caution === undefined ? 1 : 0);
}
