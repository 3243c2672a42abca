import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

@Suite("Journal") struct JournalTests {
  @Test("the inbox forgets the oldest deliveries first, and no more than it must")
  func inboxIsBounded() {
    var inbox = Inbox()
    let count = Limits.deliveriesRemembered
    for number in 0..<(count + 10) { _ = inbox.isNew("d\(number)", from: Driver.store) }
    #expect(inbox.remembered == count)
    let forgotten = inbox.isNew("d0", from: Driver.store)
    let remembered = inbox.isNew("d\(count + 9)", from: Driver.store)
    let elsewhere = inbox.isNew("d\(count + 9)", from: Driver.erp)
    #expect(forgotten)
    #expect(!remembered)
    #expect(elsewhere)
  }

  @Test("work is asked for once, however often it is asked for")
  func outboxIsIdempotent() {
    var outbox = Outbox()
    let work = Work.acceptOrder(OrderKey(number: 1001))
    let first = outbox.add(work, at: Driver.erp, order: nil, due: .epoch)
    let second = outbox.add(work, at: Driver.erp, order: nil, due: .epoch)
    #expect(first != nil)
    #expect(second == nil)
    #expect(outbox.count == 1)
    let isGone = outbox.withdraw(work)
    #expect(isGone)
    #expect(outbox.count == 0)
  }

  @Test("work whose effect may still come is not withdrawn")
  func uncertainWorkStays() throws {
    var outbox = Outbox()
    let work = Work.acceptOrder(OrderKey(number: 1001))
    let added = outbox.add(work, at: Driver.erp, order: nil, due: .epoch)
    var errand = try #require(added)
    errand.isUnderWay = true
    outbox[errand.number] = errand
    var isGone = outbox.withdraw(work)
    #expect(!isGone)
    outbox.forgetCalls()
    #expect(outbox[work]?.step == .look)
    isGone = outbox.withdraw(work)
    #expect(!isGone)
  }

  @Test("a thousand orders leave nothing but their closed records")
  func ordersLeaveNothing() throws {
    var journal = Journal()
    let store = try #require(Configuration(Driver.setup(), defects: []).store)
    var order = try store.order(Fields(parsing: Array(PaperPartners().order().utf8)))
    for number in 1...1_000 {
      order.key = OrderKey(number: number)
      order.storeID = Int64(number)
      journal.open(order, at: .epoch)
      journal.close(order.key)
    }
    #expect(journal.openOrders.isEmpty)
    #expect(journal.orders.count <= Limits.closedRecords)
    #expect(journal.order(inStore: 7) == OrderKey(number: 7))
  }

  @Test("an exception is open once, and resolved once")
  func exceptions() {
    var queue = ExceptionQueue()
    let exception = OpenException(
      topic: "t",
      order: OrderKey(number: 1),
      partner: nil,
      owner: .finance,
      text: "x",
      openedAt: .epoch
    )
    let first = queue.raise(exception)
    let second = queue.raise(exception)
    #expect(first)
    #expect(!second)
    #expect(queue.concerns(OrderKey(number: 1)))
    let resolved = queue.resolve("t")
    let again = queue.resolve("t")
    #expect(resolved == exception)
    #expect(again == nil)
  }

  @Test("every order that was played leaves an empty outbox and inbox")
  func nothingLeft() {
    var driver = Driver()
    driver.playOrder()
    driver.playReturn()
    driver.pass(.seconds(3 * 86_400 + 3_600))
    #expect(driver.integration.journal.outbox.count == 0)
    #expect(driver.integration.journal.inbox.waiting.isEmpty)
    #expect(driver.integration.journal.deadLetters.isEmpty)
    #expect(driver.integration.journal.exceptions.open.isEmpty)
  }
}
