import { createElement, type VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { type Bindings, bind } from '../npm/bind.ts'

export type { HeedSurveyProps } from '../npm/bind.ts'

const bindings: Bindings<VNode> = /* @__PURE__ */ bind<VNode>({ createElement, useEffect, useRef })

/**
 * Heed's methods, the same ones on every render. Where options are given it also starts Heed, once the page is there: in
 * one component near the root.
 */
export const useHeed: Bindings<VNode>['useHeed'] = bindings.useHeed
/** Calls back, the newest callback, on a display state or `stored`, for as long as the component is there. */
export const useHeedEvent: Bindings<VNode>['useHeedEvent'] = bindings.useHeedEvent
/** Shows a survey while it is mounted; rendered by a server it is empty. */
export const HeedSurvey: Bindings<VNode>['HeedSurvey'] = bindings.HeedSurvey
