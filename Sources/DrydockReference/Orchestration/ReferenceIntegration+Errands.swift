import DrydockExchange
import DrydockKernel

/// The list of all work: where each piece is done, what it sends, what its answer means.
extension ReferenceIntegration {
  /// Returns the partner that work is done at; nothing when there is none of that kind.
  func partner(for work: Work) -> PartnerID? {
    guard let configuration else { return nil }
    switch work {
    case .fetchOrder, .cancelInStore, .tagOrder, .notifyShipment, .notifyDelivery, .refund,
      .readStoreStock, .publishStock, .listStoreOrders:
      return configuration.store?.access.partner
    case .acceptOrder, .confirmOrder, .approveOrder, .closeOrder, .billAhead, .postFulfilment,
      .postInvoice,
      .authoriseReturn, .postReceipt, .postCredit, .readERPStock, .adjustERPStock:
      return configuration.erp?.access.partner
    case .releasePart(let part), .withdrawPart(let part): return self.part(part)?.partner
    case .expectReturn(let key): return journal.returns[key].flatMap { warehouse(of: $0) }?.partner
    case .readStock(let partner, _), .listWarehouseOrders(let partner, _),
      .listReceipts(let partner, _):
      return partner
    case .trackParcel, .readParcel: return configuration.carrier?.access.partner
    case .fetchReturn, .gradeReturn, .processReturn, .listReturns:
      return configuration.returns?.access.partner
    }
  }

  /// Returns the order that work is about; nothing for work about stock or about many orders.
  func order(of work: Work) -> OrderKey? {
    switch work {
    case .acceptOrder(let key), .confirmOrder(let key), .approveOrder(let key),
      .closeOrder(let key), .cancelInStore(let key), .tagOrder(let key), .billAhead(let key):
      key
    case .releasePart(let part), .withdrawPart(let part): part.order
    case .notifyShipment(let key), .postFulfilment(let key), .postInvoice(let key),
      .trackParcel(let key), .notifyDelivery(let key), .readParcel(let key):
      key.order
    case .authoriseReturn(let key), .expectReturn(let key), .gradeReturn(let key),
      .postReceipt(let key, _), .refund(let key), .postCredit(let key), .processReturn(let key),
      .fetchReturn(let key):
      journal.returns[key]?.order
    case .fetchOrder(let id): journal.order(inStore: id)
    case .readStock, .readStoreStock, .publishStock, .readERPStock, .adjustERPStock,
      .listStoreOrders, .listWarehouseOrders, .listReturns, .listReceipts:
      nil
    }
  }

  /// Builds the next call of an errand; nothing when its work need not be done any more.
  func request(for errand: Errand, _ configuration: Configuration) -> Request? {
    switch errand.work {
    case .fetchOrder(let id): configuration.store?.readOrder(id)
    case .acceptOrder(let key), .confirmOrder(let key), .approveOrder(let key):
      acceptanceRequest(errand, key)
    case .billAhead(let key): billAheadRequest(errand, key)
    case .releasePart(let key): releaseRequest(errand, key)
    case .withdrawPart(let key): withdrawalRequest(errand, key)
    case .closeOrder(let key), .cancelInStore(let key), .tagOrder(let key):
      cancellationRequest(errand, key)
    case .notifyShipment(let key), .notifyDelivery(let key): storeRequest(errand, key)
    case .postFulfilment(let key), .postInvoice(let key): postingRequest(errand, key)
    case .trackParcel(let key), .readParcel(let key): trackingRequest(errand, key)
    case .fetchReturn(let key): configuration.returns?.readReturn(key)
    case .expectReturn(let key), .gradeReturn(let key), .processReturn(let key):
      returnRequest(errand, key)
    case .authoriseReturn(let key), .postReceipt(let key, _), .postCredit(let key):
      returnPostingRequest(errand, key)
    case .refund(let key): refundRequest(errand, key)
    case .readStock, .readStoreStock, .publishStock, .readERPStock, .adjustERPStock:
      stockRequest(errand.work, errand.step)
    case .listStoreOrders, .listWarehouseOrders, .listReturns, .listReceipts:
      reconciliationRequest(errand.work)
    }
  }

  /// Takes the answer to a call of an errand over into the records.
  mutating func conclude(
    _ errand: Errand,
    _ response: Response,
    _ configuration: Configuration
  ) throws(Unreadable) -> Conclusion {
    switch errand.work {
    case .fetchOrder: try concludeFetch(response)
    case .acceptOrder(let key), .confirmOrder(let key), .approveOrder(let key):
      try concludeAcceptance(errand, key, response)
    case .billAhead: .done
    case .releasePart(let key): try concludeRelease(errand, key, response)
    case .withdrawPart(let key): try concludeWithdrawal(errand, key, response)
    case .closeOrder(let key), .cancelInStore(let key), .tagOrder(let key):
      try concludeCancellation(errand, key, response)
    case .notifyShipment(let key), .notifyDelivery(let key):
      try concludeStore(errand, key, response)
    case .postFulfilment(let key), .postInvoice(let key):
      try concludePosting(errand, key, response)
    case .trackParcel(let key), .readParcel(let key):
      try concludeTracking(errand, key, response)
    case .fetchReturn: try concludeReturnFetch(response)
    case .expectReturn(let key), .gradeReturn(let key), .processReturn(let key):
      try concludeReturn(errand, key, response)
    case .authoriseReturn(let key), .postReceipt(let key, _), .postCredit(let key):
      try concludeReturnPosting(errand, key, response)
    case .refund(let key): try concludeRefund(errand, key, response)
    case .readStock, .readStoreStock, .publishStock, .readERPStock, .adjustERPStock:
      try concludeStock(errand.work, errand.step, response)
    case .listStoreOrders, .listWarehouseOrders, .listReturns, .listReceipts:
      try concludeReconciliation(errand.work, response)
    }
  }

  /// Goes on with the record that finished work was about.
  mutating func finished(_ work: Work) {
    if journal.isReplayed(work) {
      journal.settle(work)
      resolve("dead/\(work.name)", "'\(work.name)' is done")
      resolve("refused/\(work.name)", "'\(work.name)' is done")
    }
    switch work {
    case .expectReturn(let key), .gradeReturn(let key), .processReturn(let key),
      .authoriseReturn(let key), .postReceipt(let key, _), .postCredit(let key), .refund(let key):
      advance(key)
    case .readStock(let partner, _):
      if memory.stockPages[partner] == nil { stockWasRead() }
    case .readStoreStock(let page):
      if isLastStorePage(page) { publishDifferences() }
    default:
      if let order = order(of: work) { advance(order) }
    }
  }

  /// Queues an exception for work that a partner refused for good.
  mutating func refused(_ errand: Errand, _ reason: String) {
    let work = errand.work
    let topic = "refused/\(work.name)"
    let text = "\(errand.partner) refused '\(work.name)': \(reason)"
    switch work {
    case .acceptOrder(let key): return acceptanceRefused(key, errand.partner, reason)
    case .approveOrder(let key): return approvalRefused(key, errand.partner, reason)
    case .releasePart(let key): return releaseRefused(key, errand.partner, reason)
    case .withdrawPart(let key): return withdrawalRefused(key)
    case .postCredit, .postReceipt, .authoriseReturn, .refund:
      raise(topic, order: errand.order, partner: errand.partner, owner: .finance, text)
      keepForReplay(errand, reason)
    case .closeOrder, .billAhead, .postFulfilment, .postInvoice:
      raise(topic, order: errand.order, partner: errand.partner, owner: .finance, text)
    case .cancelInStore, .tagOrder, .expectReturn, .gradeReturn, .processReturn, .fetchReturn:
      raise(topic, order: errand.order, partner: errand.partner, owner: .customerService, text)
    case .notifyShipment, .notifyDelivery, .trackParcel:
      raise(topic, order: errand.order, partner: errand.partner, owner: .fulfilment, text)
    default:
      raise(topic, order: errand.order, partner: errand.partner, owner: .integration, text)
    }
  }

  /// The access token of the ERP; calls are only made while there is one.
  var token: String { memory.token?.text ?? "" }
}
