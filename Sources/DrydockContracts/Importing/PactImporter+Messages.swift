import DrydockExchange
import DrydockJSON

/// Messages of a Pact: what a provider sends by itself, and what it answers on a queue.
extension PactImporter {
  mutating func readMessage(_ message: ImportSource.Place) {
    leaveOutAround(message)
    let name = title(message)
    let kebab = MessageName.kebab(name)
    let expected = expectation(message, "contents", kebab, isStrict: false)
    add(expected, message, take(kebab.isEmpty ? "message" : kebab), name, .request)
  }

  /// Reads a request and its answers that are messages.
  mutating func readDialogue(_ interaction: ImportSource.Place) {
    leaveOutAround(interaction)
    let name = title(interaction)
    let kebab = take(MessageName.kebab(name).isEmpty ? "message" : MessageName.kebab(name))
    if let request = interaction["request"] {
      let expected = expectation(request, "contents", kebab, isStrict: false)
      add(expected, request, "\(kebab)-request", name, .request)
      contracts[contracts.count - 1].writtenBy = settings.other
    }
    var answers: [Expectation] = []
    for response in interaction["response"]?.elements ?? [] {
      answers.append(expectation(response, "contents", kebab, isStrict: false))
    }
    guard !answers.isEmpty else { return }
    var contract = contract("\(kebab)-response", name, answers, interaction.pointer)
    contract.channel = .queue
    contract.part = .response
    contract.recognised.path = "/\(kebab)"
    contracts.append(contract)
  }

  private func title(_ interaction: ImportSource.Place) -> String {
    interaction["description"]?.string ?? "message"
  }

  private mutating func leaveOutAround(_ message: ImportSource.Place) {
    for name in ["providerState", "providerStates", "pending", "comments", "generators"] {
      guard let member = message[name], member.value.count > 0 || member.string != nil else {
        continue
      }
      source.leaveOut("'\(name)' is not carried over", "import-pact-part", at: member.pointer)
    }
  }

  private mutating func add(
    _ expected: Expectation,
    _ message: ImportSource.Place,
    _ name: String,
    _ title: String,
    _ part: Contract.Part
  ) {
    var contract = contract(name, title, [expected], message.pointer)
    contract.channel = .queue
    contract.part = part
    for member in (message["metadata"] ?? message["metaData"])?.members ?? [] {
      let isType = ["contenttype", "content-type"].contains(member.name.lowercasedASCII)
      if isType { continue }
      if let text = member.place.string {
        contract.recognised.headers.append(HeaderField(member.name, text))
      } else {
        source.leaveOut(
          "metadata '\(member.name)' is not carried over",
          "import-header",
          at: member.place.pointer
        )
      }
    }
    if contract.recognised.headers.isEmpty {
      contract.recognised.body = contract.schema.map { ConstantMembers.of($0) } ?? []
    }
    if contract.recognised.headers.isEmpty, contract.recognised.body.isEmpty {
      contract.recognised.path = "/\(name)"
      source.warn(
        "nothing tells this message from others; the path '/\(name)' is taken",
        "import-webhook-path",
        at: message.pointer
      )
    }
    contracts.append(contract)
  }
}
