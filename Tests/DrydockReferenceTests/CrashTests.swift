import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

/// The integration may die at any step, before or after the step's outputs went out.
@Suite("Crashes") struct CrashTests {
  static let steps: Int = {
    var driver = Driver()
    driver.playOrder()
    driver.playReturn()
    return driver.steps
  }()

  @Test(
    "nothing is lost and nothing is doubled, whichever step is the last",
    arguments: [true, false]
  )
  func anyStep(losesOutputs: Bool) {
    for step in 2...Self.steps {
      var driver = Driver(crash: (step, losesOutputs))
      driver.playOrder()
      driver.playReturn()
      // What a platform sends again by itself when nobody answered.
      driver.settle()
      driver.pass(.seconds(600))
      #expect(driver.partners.doubles.isEmpty, "crash at step \(step): \(driver.partners.made)")
      #expect(
        driver.partners.made.count == 14,
        "crash at step \(step): \(driver.partners.made.keys.sorted())"
      )
      #expect(driver.order?.isClosed == true, "crash at step \(step)")
      #expect(driver.integration.journal.openReturns.isEmpty, "crash at step \(step)")
    }
  }

  @Test("a restart is noted and takes everything up again")
  func restarts() {
    var driver = Driver(crash: (3, false))
    driver.playOrder()
    #expect(driver.count(.restarted) == 1)
  }

  @Test("with the defect 'forgets-on-restart' an order is lost")
  func forgets() {
    var driver = Driver(defects: [.forgetsOnRestart], crash: (3, false))
    driver.playOrder()
    #expect(driver.order == nil)
  }
}
