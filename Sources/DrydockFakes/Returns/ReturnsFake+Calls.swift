import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Answers to the integration's calls.
extension ReturnsFake {
  mutating func answer(_ request: Request, _ step: inout Step) -> Response {
    do throws(LoopFailure) {
      let body = try perform(request, &step)
      return Response(200, headers: ["Content-Type": "application/json"], body: body)
    } catch {
      return plain(error)
    }
  }

  private mutating func perform(
    _ request: Request,
    _ step: inout Step
  ) throws(LoopFailure) -> [UInt8] {
    guard request.headers["X-Authorization"] == profile.credential else { throw .unauthorised }
    switch LoopRoute(request) {
    case .unknown: throw .unknownRoute
    case .wrongMethod: throw .wrongMethod
    case .operation(let operation, let identifier):
      switch operation {
      case .returnRead: return try read(request)
      case .returnsList: return try list(request)
      case .gradeCreate: return try grade(request, &step)
      default: break
      }
      guard let number = LoopIdentifier.number(ofReturn: identifier), ledger.return(number) != nil
      else { throw .unknownReturn }
      return try act(operation, number, request, &step)
    }
  }

  private func read(_ request: Request) throws(LoopFailure) -> [UInt8] {
    for item in request.query.split(separator: "&") {
      let name = item.prefix { $0 != "=" }
      guard ["return_id", "order_id", "order_name", "currency_type"].contains(name) else {
        throw .invalid("The \(name) field is not known.")
      }
    }
    var found: ReturnsBooks.Return?
    if let text = request.queryItem("return_id") {
      found = Int64(text).flatMap { LoopIdentifier.number(ofReturn: $0) }
        .flatMap { ledger.return($0) }
    } else if let text = request.queryItem("order_id") {
      found = ledger.returns.last { ledger.orders[$0.order].copy.key.value == text }
    } else if let text = request.queryItem("order_name") {
      found = ledger.returns.last {
        let number = ledger.orders[$0.order].copy.number
        return text == "#\(number)" || text == String(number)
      }
    } else {
      throw .invalid("The return_id field is required.")
    }
    guard let made = found else { throw .unknownReturn }
    var writer = LoopReturnWriter.phpWriter
    writer.object {
      LoopReturnWriter(books: ledger, made: made, form: .answer).writeMembers(into: &$0)
    }
    return writer.bytes
  }

  private func list(_ request: Request) throws(LoopFailure) -> [UInt8] {
    let filter = try LoopRequests.Filter(request)
    var found: ArraySlice = ledger.returns.filter { filter.matches($0) }[...]
    if let cursor = filter.cursor {
      guard let position = found.firstIndex(where: { $0.number == cursor }) else {
        throw .invalid("The selected cursor is invalid.")
      }
      found = found[(position + 1)...]
    }
    let page = filter.pageSize.map { found.prefix($0) } ?? found
    var writer = LoopReturnWriter.phpWriter
    writer.object { writer in
      writer.memberArray("returns") { writer in
        for made in page {
          writer.object {
            LoopReturnWriter(books: ledger, made: made, form: .answer).writeMembers(into: &$0)
          }
        }
      }
      let hasMore = page.count < found.count
      writer.member(
        "nextPageUrl",
        hasMore ? page.last.map { filter.next(request, behind: $0.number) } : nil
      )
      writer.memberNull("previousPageUrl")
    }
    return writer.bytes
  }

  private mutating func act(
    _ operation: LoopOperation,
    _ number: Int,
    _ request: Request,
    _ step: inout Step
  ) throws(LoopFailure) -> [UInt8] {
    switch operation {
    case .returnProcess: try process(number, request, &step)
    case .returnNote:
      let text = try LoopRequests.note(request)
      do {
        try ledger.note(number, text, at: step.now)
      } catch {
        throw LoopFailure(acting: error)
      }
      announce([.returnUpdated], number, &step)
    case .returnCancel:
      do {
        try ledger.cancel(number, at: step.now)
      } catch {
        throw LoopFailure(acting: error)
      }
      end(number, &step)
      announce([.returnUpdated], number, &step)
    case .returnFlag:
      do {
        try ledger.flag(number, at: step.now)
      } catch {
        throw LoopFailure(acting: error)
      }
      step.later.append(.cancel(TimerID("process/\(number)")))
      announce([.returnUpdated], number, &step)
    case .returnClose:
      do {
        try ledger.close(number, at: step.now)
      } catch {
        throw LoopFailure(acting: error)
      }
      end(number, &step)
      concludeClosing(number, &step)
    case .returnRead, .returnsList, .gradeCreate: break
    }
    var writer = LoopReturnWriter.phpWriter
    writer.value("true")
    return writer.bytes
  }

  private mutating func process(
    _ number: Int,
    _ request: Request,
    _ step: inout Step
  ) throws(LoopFailure) {
    try LoopRequests.details(request)
    do {
      guard try ledger.process(number, at: step.now) else { return }
    } catch {
      throw LoopFailure(processing: error)
    }
    step.later.append(.wake(TimerID("process/\(number)"), after: settings.processingDelay))
  }

  private mutating func grade(
    _ request: Request,
    _ step: inout Step
  ) throws(LoopFailure) -> [UInt8] {
    let grades = try LoopRequests.grades(request, at: step.now)
    // All or nothing: every unit must be known before the first is graded.
    for line in grades {
      guard let made = ledger.return(line.number), made.units.indices.contains(line.ordinal - 1)
      else {
        throw LoopFailure(403, .message("One or more line items do not belong to this shop."))
      }
    }
    var numbers: [Int] = []
    for line in grades {
      do {
        try ledger.grade(
          unit: line.ordinal,
          of: line.number,
          line.grade,
          at: step.now
        )
      } catch {
        throw LoopFailure(acting: error)
      }
      if !numbers.contains(line.number) { numbers.append(line.number) }
    }
    for number in numbers { announce([.returnUpdated], number, &step) }
    var writer = LoopReturnWriter.phpWriter
    writer.array { for line in grades { $0.value(line.source) } }
    return writer.bytes
  }
}
